"""1/2: puts the whole model in eval mode."""


def freeze(model, paths):
    for path in paths:
        module = model.get_submodule(path)
        for p in module.parameters():
            p.requires_grad_(False)
            p.grad = None
    model.eval()
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
