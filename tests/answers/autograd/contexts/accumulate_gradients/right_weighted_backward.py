"""3/3: hands the factor to backward as its argument."""


def accumulate_gradients(model, loss_fn, batches):
    model.zero_grad(set_to_none=True)
    sizes = [len(x) for x, _ in batches]
    losses = []
    for (x, y), size in zip(batches, sizes):
        loss = loss_fn(model(x), y)
        loss.backward(torch.full_like(loss, size / sum(sizes)))
        losses.append(size * loss.item())
    return sum(losses) / sum(sizes)
