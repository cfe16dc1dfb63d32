"""2/2: lets torch.optim.SGD take the steps, which this task does not forbid."""


def minimise(f, x0, lr, steps):
    x = torch.nn.Parameter(x0.detach().clone())
    optimizer = torch.optim.SGD([x], lr=lr)
    pairs = []
    for _ in range(steps):
        optimizer.zero_grad()
        y = f(x)
        y.backward()
        pairs.append((x.item(), y.item()))
        optimizer.step()
    pairs.append((x.item(), f(x).item()))
    return pairs
