"""1/2: makes everything else trainable, also what somebody else had frozen."""


def freeze(model, paths):
    model.requires_grad_(True)
    for path in paths:
        module = model.get_submodule(path).eval()
        for p in module.parameters():
            p.requires_grad_(False)
            p.grad = None
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
