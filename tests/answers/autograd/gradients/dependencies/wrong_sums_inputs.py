"""1/2: adds the gradient up over the inputs of a row, where it cancels too."""


def dependencies(f, x):
    x = x.detach().requires_grad_()
    y = f(x)
    found = torch.zeros(len(y), len(x), dtype=torch.bool, device=x.device)
    for i, row in enumerate(y):
        for element in row:
            (grad,) = torch.autograd.grad(element, x, retain_graph=True, materialize_grads=True)
            found[i] |= grad.sum(dim=1) != 0
    return found
