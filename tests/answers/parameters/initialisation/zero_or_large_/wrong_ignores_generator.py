"""1/2: draws the decisions from torch's own generator."""


@torch.no_grad()
def zero_or_large_(w, p_zero, low, high, generator=None):
    w.uniform_(low, high, generator=generator)
    w.mul_((torch.rand_like(w) < 0.5) * 2.0 - 1)
    return w.mul_(torch.rand_like(w) >= p_zero)
