"""1/2: decides zero by the draw that also gives the size: the sizes are cut off."""


@torch.no_grad()
def zero_or_large_(w, p_zero, low, high, generator=None):
    u = torch.rand(w.shape, generator=generator, device=w.device)
    sign = (torch.rand(w.shape, generator=generator, device=w.device) < 0.5) * 2.0 - 1
    return w.copy_(sign * (low + (high - low) * u) * (u >= p_zero))
