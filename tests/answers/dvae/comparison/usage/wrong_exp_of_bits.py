"""0/2: an entropy in bits, and e to that power."""


def usage(batches, num_codes):
    codes = torch.cat([b.flatten() for b in batches])
    p = codes.unique(return_counts=True)[1].double() / codes.numel()
    return len(p), math.exp(-(p * p.log2()).sum().item())
