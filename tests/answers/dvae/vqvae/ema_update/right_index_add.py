"""2/2: index_add and bincount, under no_grad."""


@torch.no_grad()
def ema_update(counts, sums, z, codes, decay):
    n = torch.bincount(codes, minlength=len(counts)).to(counts.dtype)
    total = torch.zeros_like(sums).index_add(0, codes, z)
    counts = decay * counts + (1 - decay) * n
    sums = decay * sums + (1 - decay) * total
    return counts, sums, sums / counts.unsqueeze(1)
