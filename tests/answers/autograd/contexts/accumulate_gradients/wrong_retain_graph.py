"""2/3: keeps every graph with retain_graph=True, and every loss in a list."""


def accumulate_gradients(model, loss_fn, batches):
    model.zero_grad()
    n = sum(len(x) for x, _ in batches)
    losses = []
    for x, y in batches:
        losses.append(loss_fn(model(x), y) * len(x) / n)
        losses[-1].backward(retain_graph=True)
    return sum(losses).item()
