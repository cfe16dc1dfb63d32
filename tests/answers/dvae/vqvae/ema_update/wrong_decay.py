"""0/2: the weights the wrong way round."""


def ema_update(counts, sums, z, codes, decay):
    z = z.detach()
    one_hot = torch.nn.functional.one_hot(codes, len(counts)).to(z.dtype)
    counts = (1 - decay) * counts + decay * one_hot.sum(0)
    sums = (1 - decay) * sums + decay * one_hot.T @ z
    return counts, sums, sums / counts[:, None]
