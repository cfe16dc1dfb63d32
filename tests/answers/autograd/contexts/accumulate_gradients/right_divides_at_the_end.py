"""3/3: adds the gradients of summed losses and divides once, at the end."""


def accumulate_gradients(model, loss_fn, batches):
    for p in model.parameters():
        p.grad = None
    n, total = 0, 0.0
    for x, y in batches:
        loss = loss_fn(model(x), y) * x.shape[0]
        loss.backward()
        n += x.shape[0]
        total += loss.item()
    for p in model.parameters():
        if p.grad is not None:
            p.grad /= n
    return total / n
