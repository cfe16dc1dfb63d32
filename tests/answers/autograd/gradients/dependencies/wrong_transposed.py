"""0/2: rows and columns are swapped. The second cell's cases are not symmetric either."""


def dependencies(f, x):
    x = x.detach().requires_grad_()
    y = f(x)
    found = torch.zeros(len(x), len(y), dtype=torch.bool, device=x.device)
    for i, row in enumerate(y):
        for element in row:
            (grad,) = torch.autograd.grad(element, x, retain_graph=True, materialize_grads=True)
            found[:, i] |= (grad != 0).any(dim=1)
    return found
