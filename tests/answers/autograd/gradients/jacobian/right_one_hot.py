"""2/2: one-hot vectors as v, one after the other."""


def jacobian(f, x):
    x = x.detach().clone().requires_grad_()
    y = f(x)
    J = torch.zeros(*y.shape, *x.shape, dtype=y.dtype, device=y.device)
    for index in np.ndindex(*y.shape):
        v = torch.zeros_like(y)
        v[index] = 1
        (row,) = torch.autograd.grad(y, x, v, retain_graph=True, allow_unused=True)
        if row is not None:
            J[index] = row
    return J
