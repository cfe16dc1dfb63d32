"""0/2: only codes that were chosen decay: the others keep a count that nobody earns."""


@torch.no_grad()
def ema_update(counts, sums, z, codes, decay):
    one_hot = torch.nn.functional.one_hot(codes, len(counts)).to(z.dtype)
    n = one_hot.sum(0)
    new_counts = torch.where(n > 0, decay * counts + (1 - decay) * n, counts)
    new_sums = torch.where((n > 0)[:, None], decay * sums + (1 - decay) * one_hot.T @ z, sums)
    return new_counts, new_sums, new_sums / new_counts[:, None]
