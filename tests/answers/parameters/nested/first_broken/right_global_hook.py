"""2/2: one global hook, looked up by module and removed again."""


def first_broken(model, x):
    paths = {id(m): path for path, m in model.named_modules()}
    broken = []

    def hook(module, args, output):
        if id(module) in paths and not (output - output == 0).all():
            broken.append(paths[id(module)])

    handle = nn.modules.module.register_module_forward_hook(hook)
    try:
        model(x)
    finally:
        handle.remove()
    return (broken + [None])[0]
