"""3/3: sweeps over the layers in any order, as often as there are layers."""


def unit_variance_(model, x):
    layers = [m for m in model.modules() if isinstance(m, nn.Linear)]
    with torch.no_grad():
        for layer in layers:
            if layer.bias is not None:
                layer.bias.zero_()
        for _ in range(len(layers) + 1):
            changed = False
            for layer in layers:
                seen = []
                handle = layer.register_forward_hook(
                    lambda m, a, out: seen.append(out.std(correction=0))
                )
                try:
                    model(x)
                finally:
                    handle.remove()
                if abs(seen[0].item() - 1) > 1e-5:
                    layer.weight.div_(seen[0])
                    changed = True
            if not changed:
                break
