"""1/2: compares beginnings of names, modes included."""


def freeze(model, paths):
    for name, p in model.named_parameters():
        if any(name.startswith(path) for path in paths):
            p.requires_grad_(False)
            p.grad = None
    for name, module in model.named_modules():
        if name and any(name.startswith(path) for path in paths):
            module.eval()
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
