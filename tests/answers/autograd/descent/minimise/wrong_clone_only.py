"""1/2: clones without detaching: no leaf as soon as x0 requires a gradient."""


def minimise(f, x0, lr, steps):
    x = x0.clone()
    if not x.requires_grad:
        x.requires_grad_()
    pairs = [(x.item(), f(x).item())]
    for _ in range(steps):
        x.grad = None
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
        pairs.append((x.item(), f(x).item()))
    return pairs
