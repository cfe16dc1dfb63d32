"""1/3: leaves the gradients of the last step in place and adds to them."""


def accumulate_gradients(model, loss_fn, batches):
    n = sum(len(x) for x, _ in batches)
    total = 0.0
    for x, y in batches:
        loss = loss_fn(model(x), y) * len(x) / n
        loss.backward()
        total += loss.item()
    return total
