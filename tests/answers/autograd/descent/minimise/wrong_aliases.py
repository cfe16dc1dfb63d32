"""0/2: collects the tensor itself, so that all pairs show its last value."""


def minimise(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    pairs = [(x, f(x))]
    for _ in range(steps):
        x.grad = None
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
        pairs.append((x, f(x)))
    return pairs
