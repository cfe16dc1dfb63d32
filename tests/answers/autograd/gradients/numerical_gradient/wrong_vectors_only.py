"""1/3: loops over the first dimension, so that it moves a whole row of a matrix."""


def numerical_gradient(f, x, h=1e-5):
    x = x.detach().double()
    grad = torch.zeros_like(x)
    for i in range(x.shape[0]):
        up, down = x.clone(), x.clone()
        up[i] += h
        down[i] -= h
        grad[i] = (float(f(up)) - float(f(down))) / (2 * h)
    return grad
