"""0/2: divides the old sums by the old counts."""


@torch.no_grad()
def ema_update(counts, sums, z, codes, decay):
    one_hot = torch.nn.functional.one_hot(codes, len(counts)).to(z.dtype)
    e = sums / counts[:, None]
    counts = decay * counts + (1 - decay) * one_hot.sum(0)
    sums = decay * sums + (1 - decay) * one_hot.T @ z
    return counts, sums, e
