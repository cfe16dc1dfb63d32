"""1/2: normal sizes, clamped to the band."""


@torch.no_grad()
def zero_or_large_(w, p_zero, low, high, generator=None):
    size = torch.randn(w.shape, generator=generator, device=w.device)
    size = (size * (high - low) / 4 + (low + high) / 2).clamp(low, high)
    sign = (torch.rand(w.shape, generator=generator, device=w.device) < 0.5) * 2.0 - 1
    return w.copy_(
        sign * size * (torch.rand(w.shape, generator=generator, device=w.device) >= p_zero)
    )
