"""0/2: the page's mask: the thresholds fix the probability of zero."""


@torch.no_grad()
def zero_or_large_(w, p_zero, low, high, generator=None):
    w.uniform_(-high, high, generator=generator)
    return w.mul_(w.abs() >= low)
