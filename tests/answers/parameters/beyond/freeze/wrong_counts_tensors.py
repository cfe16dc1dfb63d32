"""1/2: counts tensors, not elements."""


def freeze(model, paths):
    for path in paths:
        module = model.get_submodule(path).eval()
        for p in module.parameters():
            p.requires_grad_(False)
            p.grad = None
    return len([p for p in model.parameters() if p.requires_grad])
