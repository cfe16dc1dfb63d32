"""0/3: zeroes before every micro-batch, so that only the last one counts."""


def accumulate_gradients(model, loss_fn, batches):
    n = sum(len(x) for x, _ in batches)
    total = 0.0
    for x, y in batches:
        model.zero_grad()
        loss = loss_fn(model(x), y) * len(x) / n
        loss.backward()
        total += loss.item()
    return total
