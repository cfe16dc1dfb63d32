"""0/3: divides by the ratio of neighbouring stds: right for ReLU only."""


def unit_variance_(model, x):
    stds = {}
    layers = [m for m in model.modules() if isinstance(m, nn.Linear)]
    with torch.no_grad():
        for layer in layers:
            if layer.bias is not None:
                layer.bias.zero_()
    handles = [
        layer.register_forward_hook(lambda m, args, out: stds.__setitem__(m, out.std()))
        for layer in layers
    ]
    try:
        with torch.no_grad():
            model(x)
            before = 1.0
            for layer, std in stds.items():
                layer.weight *= before / std
                before = std
    finally:
        for handle in handles:
            handle.remove()
