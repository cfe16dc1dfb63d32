"""0/3: rescales in the hook, but the old output goes on to the next layer."""


def unit_variance_(model, x):
    def rescale(layer, args, output):
        layer.weight.div_(output.std())

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
