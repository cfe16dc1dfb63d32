"""1/2: puts the copies into net itself and leaves them there."""


def use_gradients(net, layer, x, loss_fn):
    uses = []
    for i, module in enumerate(list(net)):
        if module is layer:
            net[i] = copy.deepcopy(layer)
            uses.append(net[i].weight)
    return list(torch.autograd.grad(loss_fn(net(x)), uses))
