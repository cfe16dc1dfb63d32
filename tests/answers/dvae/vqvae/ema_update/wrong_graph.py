"""1/2: keeps the graph of z: it grows from step to step."""


def ema_update(counts, sums, z, codes, decay):
    one_hot = torch.nn.functional.one_hot(codes, len(counts)).to(z.dtype)
    counts = decay * counts + (1 - decay) * one_hot.sum(0)
    sums = decay * sums + (1 - decay) * one_hot.T @ z
    return counts, sums, sums / counts[:, None]
