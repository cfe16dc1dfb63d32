"""3/3: asks for each gradient and adds it itself."""


def accumulate_gradients(model, loss_fn, batches):
    params = [p for p in model.parameters() if p.requires_grad]
    sums = [torch.zeros_like(p) for p in params]
    n = sum(y.size(0) for _, y in batches)
    total = 0.0
    for x, y in batches:
        share = x.size(0) / n
        loss = loss_fn(model(x), y)
        for s, g in zip(sums, torch.autograd.grad(loss, params)):
            s.add_(g, alpha=share)
        total += share * loss.item()
    for p, s in zip(params, sums):
        p.grad = s
    return total
