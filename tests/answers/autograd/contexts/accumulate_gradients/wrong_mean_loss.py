"""1/3: the gradient is right, and the loss returned is a mean of means."""


def accumulate_gradients(model, loss_fn, batches):
    model.zero_grad()
    n = sum(len(x) for x, _ in batches)
    losses = []
    for x, y in batches:
        loss = loss_fn(model(x), y)
        (loss * len(x) / n).backward()
        losses.append(loss.item())
    return sum(losses) / len(losses)
