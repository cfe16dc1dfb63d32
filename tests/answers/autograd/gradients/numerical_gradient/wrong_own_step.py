"""1/3: ignores the h that it is given."""


def numerical_gradient(f, x, h=1e-5):
    h = 1e-6
    flat = x.detach().double().flatten()
    grad = torch.zeros_like(flat)
    for i in range(flat.numel()):
        up, down = flat.clone(), flat.clone()
        up[i] += h
        down[i] -= h
        grad[i] = (float(f(up.view(x.shape))) - float(f(down.view(x.shape)))) / (2 * h)
    return grad.view(x.shape)
