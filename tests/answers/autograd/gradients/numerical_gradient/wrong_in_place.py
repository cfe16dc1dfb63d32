"""2/3: steps in x's own memory and back, which leaves rounding errors in a float64 x."""


def numerical_gradient(f, x, h=1e-5):
    x = x.detach().double()
    grad = torch.zeros_like(x)
    for i in np.ndindex(*x.shape):
        x[i] += h
        up = float(f(x))
        x[i] -= 2 * h
        down = float(f(x))
        x[i] += h
        grad[i] = (up - down) / (2 * h)
    return grad
