"""1/2: right pairs, but steps on x0 itself."""


def minimise(f, x0, lr, steps):
    x = x0.requires_grad_()
    pairs = [(x.item(), f(x).item())]
    for _ in range(steps):
        x.grad = None
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
        pairs.append((x.item(), f(x).item()))
    return pairs
