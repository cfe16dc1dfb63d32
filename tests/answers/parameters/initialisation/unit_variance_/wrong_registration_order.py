"""2/3: goes through the layers in the order in which they were registered."""


def unit_variance_(model, x):
    layers = [m for m in model.modules() if isinstance(m, nn.Linear)]
    with torch.no_grad():
        for layer in layers:
            if layer.bias is not None:
                layer.bias.zero_()
        for layer in layers:
            seen = []
            handle = layer.register_forward_hook(lambda m, args, out: seen.append(out.std()))
            try:
                model(x)
            finally:
                handle.remove()
            layer.weight /= seen[0]
