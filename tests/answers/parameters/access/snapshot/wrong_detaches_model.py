"""1/2: gives the model new tensors and hands out the old ones, so that an old gradient is lost."""


def snapshot(model):
    old = {name: value for name, value in model.state_dict().items()}
    for module in model.modules():
        for name, p in list(module._parameters.items()):
            module._parameters[name] = nn.Parameter(p.detach().clone())
        for name, b in list(module._buffers.items()):
            module._buffers[name] = b.clone()
    return old
