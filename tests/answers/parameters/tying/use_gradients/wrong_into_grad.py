"""1/2: collects in layer.weight.grad, which it clears: what stood there is lost."""


def use_gradients(net, layer, x, loss_fn):
    places = [i for i, module in enumerate(net) if module is layer]
    found = []
    for place in places:
        h = x.detach()
        for i, module in enumerate(net):
            if module is layer and i != place:
                h = nn.functional.linear(h, layer.weight.detach(), layer.bias)
            else:
                h = module(h)
        layer.weight.grad = None
        loss_fn(h).backward(inputs=[layer.weight])
        found.append(layer.weight.grad)
    layer.weight.grad = None
    return found
