"""0/2: one sign for the whole tensor."""


@torch.no_grad()
def zero_or_large_(w, p_zero, low, high, generator=None):
    sign = 1 if torch.rand((), generator=generator, device=w.device) < 0.5 else -1
    w.uniform_(low, high, generator=generator)
    return w.mul_(sign * (torch.rand(w.shape, generator=generator, device=w.device) >= p_zero))
