"""0/2: the columns are the outputs."""


def jacobian(f, x):
    x = x.detach().requires_grad_()
    y = f(x)
    rows = [
        torch.autograd.grad(e, x, retain_graph=True, materialize_grads=True)[0].flatten()
        for e in y.flatten()
    ]
    return torch.stack(rows, dim=1)
