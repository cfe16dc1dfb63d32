"""0/2: divides .grad by the number of places."""


def use_gradients(net, layer, x, loss_fn):
    k = sum(module is layer for module in net)
    (total,) = torch.autograd.grad(loss_fn(net(x)), [layer.weight])
    return [total / k] * k
