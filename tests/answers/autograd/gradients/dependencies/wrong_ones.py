"""1/2: ones in row i: what cancels in the sum stays hidden."""


def dependencies(f, x):
    x = x.detach().requires_grad_()
    y = f(x)
    found = []
    for row in y:
        (grad,) = torch.autograd.grad(row.sum(), x, retain_graph=True, materialize_grads=True)
        found.append((grad != 0).any(dim=1))
    return torch.stack(found)
