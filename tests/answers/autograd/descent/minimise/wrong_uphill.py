"""0/2: adds the gradient."""


def minimise(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    pairs = [(x.item(), f(x).item())]
    for _ in range(steps):
        (grad,) = torch.autograd.grad(f(x), x)
        with torch.no_grad():
            x += lr * grad
        pairs.append((x.item(), f(x).item()))
    return pairs
