"""1/2: counts a shared weight under each of its names."""


def freeze(model, paths):
    for path in paths:
        module = model.get_submodule(path).eval()
        for p in module.parameters():
            p.requires_grad_(False)
            p.grad = None
    return sum(
        p.numel() for _, p in model.named_parameters(remove_duplicate=False) if p.requires_grad
    )
