"""0/3: draws new weights before it rescales them."""


def unit_variance_(model, x):
    def rescale(layer, args, output):
        nn.init.orthogonal_(layer.weight)
        out = args[0] @ layer.weight.T
        layer.weight.div_(out.std())
        return out / out.std()

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
