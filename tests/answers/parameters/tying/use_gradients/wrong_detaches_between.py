"""0/2: detaches at each use, so that nothing reaches the earlier ones."""


def use_gradients(net, layer, x, loss_fn):
    weights = []
    for module in net:
        if module is layer:
            w = layer.weight.detach().clone().requires_grad_()
            weights.append(w)
            x = nn.functional.linear(x.detach(), w, layer.bias)
        else:
            x = module(x)
    return list(torch.autograd.grad(loss_fn(x), weights, materialize_grads=True))
