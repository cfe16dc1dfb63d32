"""1/2: writes into the arguments."""


@torch.no_grad()
def ema_update(counts, sums, z, codes, decay):
    one_hot = torch.nn.functional.one_hot(codes, len(counts)).to(z.dtype)
    counts.mul_(decay).add_((1 - decay) * one_hot.sum(0))
    sums.mul_(decay).add_((1 - decay) * one_hot.T @ z)
    return counts, sums, sums / counts[:, None]
