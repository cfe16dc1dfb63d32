"""1/2: clamps the counts at 0.01: a code that nobody chooses slides to the origin."""


@torch.no_grad()
def ema_update(counts, sums, z, codes, decay):
    one_hot = torch.nn.functional.one_hot(codes, len(counts)).to(z.dtype)
    counts = decay * counts + (1 - decay) * one_hot.sum(0)
    sums = decay * sums + (1 - decay) * one_hot.T @ z
    return counts, sums, sums / counts.clamp(min=0.01)[:, None]
