"""0/3: measures with the biases and zeroes them afterwards."""


def unit_variance_(model, x):
    def rescale(layer, args, output):
        std = output.std()
        layer.weight.div_(std)
        return output / std

    layers = [m for m in model.modules() if isinstance(m, nn.Linear)]
    handles = [layer.register_forward_hook(rescale) for layer in layers]
    try:
        with torch.no_grad():
            model(x)
            for layer in layers:
                if layer.bias is not None:
                    layer.bias.zero_()
    finally:
        for handle in handles:
            handle.remove()
