"""0/2: never clears the gradient, so every step repeats the earlier ones."""


def minimise(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    pairs = []
    for _ in range(steps):
        y = f(x)
        pairs.append((x.item(), y.item()))
        y.backward()
        with torch.no_grad():
            x -= lr * x.grad
    return [*pairs, (x.item(), f(x).item())]
