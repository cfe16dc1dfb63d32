"""0/2: sums[codes] += z writes once for a code that occurs twice."""


@torch.no_grad()
def ema_update(counts, sums, z, codes, decay):
    n, total = torch.zeros_like(counts), torch.zeros_like(sums)
    n[codes] += 1
    total[codes] += z
    counts, sums = decay * counts + (1 - decay) * n, decay * sums + (1 - decay) * total
    return counts, sums, sums / counts[:, None]
