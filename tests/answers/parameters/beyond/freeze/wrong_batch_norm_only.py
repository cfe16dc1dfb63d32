"""1/2: only batch norms go to eval mode: a frozen dropout still drops."""


def freeze(model, paths):
    for path in paths:
        for module in model.get_submodule(path).modules():
            if isinstance(module, nn.BatchNorm1d):
                module.eval()
            for p in module.parameters():
                p.requires_grad_(False)
                p.grad = None
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
