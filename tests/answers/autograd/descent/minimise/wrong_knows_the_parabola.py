"""0/2: uses the slope 2x of the example for every f."""


def minimise(f, x0, lr, steps):
    x, pairs = x0.item(), []
    for _ in range(steps + 1):
        pairs.append((x, f(torch.tensor(x, device=x0.device)).item()))
        x -= lr * 2 * x
    return pairs
