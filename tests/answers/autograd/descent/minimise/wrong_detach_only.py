"""1/2: detaches without a clone, so that x0's memory moves along."""


def minimise(f, x0, lr, steps):
    x = x0.detach().requires_grad_()
    pairs = [(x.item(), f(x).item())]
    for _ in range(steps):
        (grad,) = torch.autograd.grad(f(x), x)
        with torch.no_grad():
            x -= lr * grad
        pairs.append((x.item(), f(x).item()))
    return pairs
