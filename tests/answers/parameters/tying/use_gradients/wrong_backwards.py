"""0/2: the last use first."""


def use_gradients(net, layer, x, loss_fn):
    weights = []
    for module in net:
        if module is layer:
            weights.append(layer.weight.detach().clone().requires_grad_())
            x = nn.functional.linear(x, weights[-1], layer.bias)
        else:
            x = module(x)
    return list(torch.autograd.grad(loss_fn(x), weights[::-1]))
