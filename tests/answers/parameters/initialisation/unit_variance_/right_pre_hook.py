"""3/3: computes each output in a hook that runs before the layer."""


def unit_variance_(model, x):
    def prepare(layer, args):
        if layer.bias is not None:
            layer.bias.zero_()
        layer.weight.mul_(1 / (args[0] @ layer.weight.T).std())

    handles = []
    try:
        for m in model.modules():
            if isinstance(m, nn.Linear):
                handles.append(m.register_forward_pre_hook(prepare))
        with torch.no_grad():
            model(x)
    finally:
        for handle in handles:
            handle.remove()
