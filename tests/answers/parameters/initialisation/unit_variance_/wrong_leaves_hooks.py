"""0/3: never removes its hooks: they go on rescaling at every call."""


def unit_variance_(model, x):
    def rescale(layer, args, output):
        with torch.no_grad():
            std = output.std()
            layer.weight.div_(std)
            return output / std

    for m in model.modules():
        if isinstance(m, nn.Linear):
            if m.bias is not None:
                nn.init.zeros_(m.bias)
            m.register_forward_hook(rescale)
    with torch.no_grad():
        model(x)
