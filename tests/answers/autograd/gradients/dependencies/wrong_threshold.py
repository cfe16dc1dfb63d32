"""1/2: calls a small gradient none."""


def dependencies(f, x):
    x = x.detach().requires_grad_()
    y = f(x)
    found = torch.zeros(len(y), len(x), dtype=torch.bool, device=x.device)
    for i, row in enumerate(y):
        for element in row:
            (grad,) = torch.autograd.grad(element, x, retain_graph=True, materialize_grads=True)
            found[i] |= (grad.abs() > 1e-4).any(dim=1)
    return found
