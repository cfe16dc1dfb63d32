"""0/2: averages the means of the batches: a batch with one vector counts like one with a thousand."""


@torch.no_grad()
def ema_update(counts, sums, z, codes, decay):
    one_hot = torch.nn.functional.one_hot(codes, len(counts)).to(z.dtype)
    n = one_hot.sum(0)
    means = one_hot.T @ z / n.clamp(min=1)[:, None]
    counts = decay * counts + (1 - decay) * n
    sums = decay * sums + (1 - decay) * means
    return counts, sums, sums / counts[:, None]
