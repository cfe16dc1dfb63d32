"""0/2: one stand-in for all places: each entry is the whole sum."""


def use_gradients(net, layer, x, loss_fn):
    w = layer.weight.detach().clone().requires_grad_()
    uses = []
    for module in net:
        if module is layer:
            uses.append(w)
            x = nn.functional.linear(x, w, layer.bias)
        else:
            x = module(x)
    return list(torch.autograd.grad(loss_fn(x), uses))
