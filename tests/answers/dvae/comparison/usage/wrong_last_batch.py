"""0/2: starts to count again with every batch."""


def usage(batches, num_codes):
    for codes in batches:
        n = torch.bincount(codes.flatten(), minlength=num_codes)
    p = n[n > 0].double() / n.sum()
    return int((n > 0).sum()), math.exp(-(p * p.log()).sum().item())
