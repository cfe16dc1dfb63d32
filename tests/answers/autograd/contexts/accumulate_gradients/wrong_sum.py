"""0/3: does not divide: the gradient grows with the number of micro-batches."""


def accumulate_gradients(model, loss_fn, batches):
    model.zero_grad()
    total = 0.0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        total += loss.item()
    return total / len(batches)
