"""1/2: records x after and y before the step, as the note does; the steps themselves are right."""


def minimise(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    pairs = [(x.item(), f(x).item())]
    for _ in range(steps):
        y = f(x)
        x.grad = None
        y.backward()
        with torch.no_grad():
            x -= lr * x.grad
        pairs.append((x.item(), y.item()))
    return pairs
