"""2/3: adds the losses and calls backward once, so that all graphs live at the same time."""


def accumulate_gradients(model, loss_fn, batches):
    model.zero_grad()
    n = sum(len(x) for x, _ in batches)
    loss = sum(loss_fn(model(x), y) * len(x) for x, y in batches) / n
    loss.backward()
    return loss.item()
