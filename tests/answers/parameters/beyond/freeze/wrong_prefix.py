"""0/2: compares beginnings of names: "1" freezes "10", and an unknown path passes."""


def freeze(model, paths):
    for name, p in model.named_parameters():
        if any(name.startswith(path) for path in paths):
            p.requires_grad_(False)
            p.grad = None
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
