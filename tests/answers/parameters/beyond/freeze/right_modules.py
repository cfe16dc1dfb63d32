"""2/2: every module and every parameter of its own, one by one."""


def freeze(model, paths):
    for path in paths:
        for module in model.get_submodule(path).modules():
            module.training = False
            for p in module.parameters(recurse=False):
                p.grad, p.requires_grad = None, False
    return sum([p.numel() if p.requires_grad else 0 for p in model.parameters()])
