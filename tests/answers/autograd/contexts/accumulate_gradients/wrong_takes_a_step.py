"""1/3: makes a step of gradient descent as well."""


def accumulate_gradients(model, loss_fn, batches):
    model.zero_grad()
    n = sum(len(x) for x, _ in batches)
    total = 0.0
    for x, y in batches:
        loss = loss_fn(model(x), y) * len(x) / n
        loss.backward()
        total += loss.item()
    torch.optim.SGD(model.parameters(), lr=0.1).step()
    return total
