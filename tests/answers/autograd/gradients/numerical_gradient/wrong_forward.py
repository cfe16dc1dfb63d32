"""0/3: takes the forward difference, which is off by about h, in both cells."""


def numerical_gradient(f, x, h=1e-5):
    flat = x.detach().double().flatten()
    base = float(f(flat.view(x.shape)))
    grad = torch.zeros_like(flat)
    for i in range(flat.numel()):
        up = flat.clone()
        up[i] += h
        grad[i] = (float(f(up.view(x.shape))) - base) / h
    return grad.view(x.shape)
