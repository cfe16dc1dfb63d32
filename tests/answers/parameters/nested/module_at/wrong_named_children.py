"""0/1: goes down by named_children(), which leaves out a shared module's second name."""


def module_at(model, path):
    module = model
    for name in path.split(".") if path else []:
        module = dict(module.named_children())[name]
    return module
