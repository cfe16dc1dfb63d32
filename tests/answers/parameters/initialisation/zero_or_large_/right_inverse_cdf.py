"""2/2: turns one uniform number into everything, by intervals."""


@torch.no_grad()
def zero_or_large_(w, p_zero, low, high, generator=None):
    u = torch.rand(w.shape, generator=generator, device=w.device, dtype=torch.float64)
    half = (1 - p_zero) / 2
    if half == 0:
        return w.zero_()
    value = torch.zeros_like(u)
    left, right = u < half, u >= 1 - half
    value[left] = -high + (high - low) * u[left] / half
    value[right] = low + (high - low) * (u[right] - (1 - half)) / half
    w.copy_(value)
    return w
