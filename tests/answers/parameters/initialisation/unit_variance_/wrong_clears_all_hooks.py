"""2/3: clears all hooks of a layer, those of others too."""


def unit_variance_(model, x):
    def rescale(layer, args, output):
        std = output.std()
        layer.weight.div_(std)
        return output / std

    layers = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for layer in layers:
        layer.register_forward_hook(rescale)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
    try:
        with torch.no_grad():
            model(x)
    finally:
        for layer in layers:
            layer._forward_hooks.clear()
