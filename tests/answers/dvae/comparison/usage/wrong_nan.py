"""0/2: 0 * log(0) for codes that never occur."""


def usage(batches, num_codes):
    codes = torch.cat([b.flatten() for b in batches])
    n = torch.bincount(codes, minlength=num_codes)
    p = n.double() / n.sum()
    return int((n > 0).sum()), math.exp(-(p * p.log()).sum().item())
