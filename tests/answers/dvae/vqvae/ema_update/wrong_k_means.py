"""0/2: this batch alone."""


@torch.no_grad()
def ema_update(counts, sums, z, codes, decay):
    one_hot = torch.nn.functional.one_hot(codes, len(counts)).to(z.dtype)
    return one_hot.sum(0), one_hot.T @ z, one_hot.T @ z / one_hot.sum(0)[:, None]
