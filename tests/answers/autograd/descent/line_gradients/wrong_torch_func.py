"""0/2: asks autograd by way of torch.func."""


def line_gradients(a, b, x, y):
    def loss(w):
        return ((w[0] * x + w[1] - y) ** 2).mean()

    w = torch.tensor([a, b], device=x.device)
    return tuple(torch.func.grad(loss)(w))
