"""1/2: the old gradients stay, and the optimizer goes on along them."""


def freeze(model, paths):
    for path in paths:
        module = model.get_submodule(path).eval()
        for p in module.parameters():
            p.requires_grad_(False)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
