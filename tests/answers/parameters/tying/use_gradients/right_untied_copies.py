"""2/2: a network with a copy of the layer in each place, as the page does."""


def use_gradients(net, layer, x, loss_fn):
    copies = [copy.deepcopy(module) if module is layer else module for module in net]
    uses = [new.weight for new, old in zip(copies, net) if old is layer]
    loss = loss_fn(nn.Sequential(*copies)(x.detach()))
    return list(torch.autograd.grad(loss, uses))
