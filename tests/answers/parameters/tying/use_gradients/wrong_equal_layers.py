"""1/2: takes every layer with equal weights for the same one."""


def use_gradients(net, layer, x, loss_fn):
    weights = []
    for module in net:
        if (
            isinstance(module, nn.Linear)
            and module.weight.shape == layer.weight.shape
            and torch.equal(module.weight, layer.weight)
        ):
            weights.append(layer.weight.detach().clone().requires_grad_())
            x = nn.functional.linear(x, weights[-1], layer.bias)
        else:
            x = module(x)
    return list(torch.autograd.grad(loss_fn(x), weights))
