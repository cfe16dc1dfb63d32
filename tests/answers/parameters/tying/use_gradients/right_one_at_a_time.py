"""2/2: k passes: in each of them only one place has a weight that wants a gradient."""


def use_gradients(net, layer, x, loss_fn):
    places = [i for i, module in enumerate(net) if module is layer]
    found = []
    for place in places:
        w = layer.weight.detach().clone().requires_grad_(True)
        h = x.detach()
        for i, module in enumerate(net):
            if i == place:
                h = h @ w.T
                if layer.bias is not None:
                    h = h + layer.bias
            else:
                h = module(h)
        found += torch.autograd.grad(loss_fn(h), [w])
    return found
