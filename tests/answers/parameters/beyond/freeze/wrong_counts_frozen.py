"""1/2: counts what is frozen."""


def freeze(model, paths):
    for path in paths:
        module = model.get_submodule(path).eval()
        for p in module.parameters():
            p.requires_grad_(False)
            p.grad = None
    return sum(p.numel() for p in model.parameters() if not p.requires_grad)
