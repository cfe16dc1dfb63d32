"""2/3: computes in the precision of x: right for float64, lost in rounding for float32."""


def numerical_gradient(f, x, h=1e-5):
    flat = x.detach().clone().flatten()
    grad = torch.zeros(flat.shape, dtype=torch.float64)
    for i in range(flat.numel()):
        up, down = flat.clone(), flat.clone()
        up[i] += h
        down[i] -= h
        grad[i] = (float(f(up.view(x.shape))) - float(f(down.view(x.shape)))) / (2 * h)
    return grad.view(x.shape)
