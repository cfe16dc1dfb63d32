"""1/2: gradients of zero instead of none: weight decay and momentum still move the weights."""


def freeze(model, paths):
    for path in paths:
        module = model.get_submodule(path).eval()
        for p in module.parameters():
            p.requires_grad_(False)
            if p.grad is not None:
                p.grad.zero_()
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
