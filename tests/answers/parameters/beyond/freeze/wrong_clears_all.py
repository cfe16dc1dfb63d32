"""1/2: clears the gradients of the whole model."""


def freeze(model, paths):
    for path in paths:
        module = model.get_submodule(path).eval()
        for p in module.parameters():
            p.requires_grad_(False)
    model.zero_grad()
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
