"""0/2: forgets the negative half."""


@torch.no_grad()
def zero_or_large_(w, p_zero, low, high, generator=None):
    w.uniform_(low, high, generator=generator)
    return w.mul_(torch.rand(w.shape, generator=generator, device=w.device) >= p_zero)
