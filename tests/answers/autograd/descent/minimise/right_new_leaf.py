"""2/2: makes a new leaf at every step."""


def minimise(f, x0, lr, steps):
    value, pairs = x0.item(), []
    for k in range(steps + 1):
        x = torch.tensor(value, dtype=x0.dtype, device=x0.device, requires_grad=True)
        y = f(x)
        pairs.append((value, y.item()))
        y.backward()
        value -= lr * x.grad.item()
    return pairs
