"""1/2: calls backward(), which fills .grad of every other leaf on the way."""


def use_gradients(net, layer, x, loss_fn):
    weights = []
    for module in net:
        if module is layer:
            weights.append(layer.weight.detach().clone().requires_grad_())
            x = nn.functional.linear(x, weights[-1], layer.bias)
        else:
            x = module(x)
    loss_fn(x).backward()
    return [w.grad for w in weights]
