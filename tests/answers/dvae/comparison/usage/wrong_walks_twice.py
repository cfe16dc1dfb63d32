"""1/2: goes through the batches twice; a generator is empty the second time."""


def usage(batches, num_codes):
    used = len({code for codes in batches for code in codes.flatten().tolist()})
    n = torch.zeros(num_codes, dtype=torch.int64)
    for codes in batches:
        n += torch.bincount(codes.flatten().cpu(), minlength=num_codes)
    p = n[n > 0].double() / max(int(n.sum()), 1)
    return used, math.exp(-(p * p.log()).sum().item())
