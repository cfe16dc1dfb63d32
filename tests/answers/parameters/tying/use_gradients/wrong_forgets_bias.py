"""0/2: a matrix product without the bias."""


def use_gradients(net, layer, x, loss_fn):
    weights = []
    for module in net:
        if module is layer:
            weights.append(layer.weight.detach().clone().requires_grad_())
            x = x @ weights[-1].T
        else:
            x = module(x)
    return list(torch.autograd.grad(loss_fn(x), weights))
