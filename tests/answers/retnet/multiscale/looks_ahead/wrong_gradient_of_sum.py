"""1/2: gradients of sums: finds plain leaks, misses rounding and centred outputs."""


def looks_ahead(f, x):
    x = torch.randn_like(x).requires_grad_()
    out = f(x)
    for n in range(x.shape[1] - 1):
        if not out.requires_grad:
            return False
        (gradient,) = torch.autograd.grad(out[:, n].sum(), x, retain_graph=True, allow_unused=True)
        if gradient is not None and bool((gradient[:, n + 1 :].abs() > 1e-4).any()):
            return True
    return False
