"""2/2: uses backward() and clears the gradient, on a copy."""


def minimise(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_(True)
    pairs = [(x.item(), f(x).item())]
    for _ in range(steps):
        x.grad = None
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
        pairs.append((x.item(), f(x).item()))
    return pairs
