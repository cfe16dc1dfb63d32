"""1/3: stumbles over a layer without a bias."""


def unit_variance_(model, x):
    def rescale(layer, args, output):
        std = output.std()
        layer.weight.div_(std)
        return output / std

    layers = [m for m in model.modules() if isinstance(m, nn.Linear)]
    handles = [layer.register_forward_hook(rescale) for layer in layers]
    try:
        with torch.no_grad():
            for layer in layers:
                layer.bias.zero_()
            model(x)
    finally:
        for handle in handles:
            handle.remove()
