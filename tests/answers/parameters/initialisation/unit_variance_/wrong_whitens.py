"""0/3: gives each unit of a layer a factor of its own."""


def unit_variance_(model, x):
    def rescale(layer, args, output):
        flat = output.flatten(0, -2)
        flat = flat / flat.square().mean(0).sqrt()
        total = flat.std()
        layer.weight.div_(output.flatten(0, -2).square().mean(0).sqrt()[:, None] * total)
        return args[0] @ layer.weight.T

    layers = [m for m in model.modules() if isinstance(m, nn.Linear)]
    handles = [layer.register_forward_hook(rescale) for layer in layers]
    try:
        with torch.no_grad():
            for layer in layers:
                if layer.bias is not None:
                    layer.bias.zero_()
            model(x)
    finally:
        for handle in handles:
            handle.remove()
