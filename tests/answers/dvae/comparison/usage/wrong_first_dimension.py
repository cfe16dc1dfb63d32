"""0/2: a list of the maps, one batch mean per map."""


def usage(batches, num_codes):
    total, used, n = 0.0, set(), 0
    for codes in batches:
        for one in codes:
            p = torch.bincount(one.flatten(), minlength=num_codes).double() / one.numel()
            total, n = total + torch.special.entr(p).sum().item(), n + 1
            used |= set(one.flatten().tolist())
    return len(used), math.exp(total / n)
