"""0/2: replaces the parameters by plain tensors, so that nothing is left to train or to save."""


def freeze(model, paths):
    for path in paths:
        for module in model.get_submodule(path).eval().modules():
            for name, p in list(module.named_parameters(recurse=False)):
                delattr(module, name)
                setattr(module, name, p.detach())
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
