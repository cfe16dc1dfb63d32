"""2/2: three questions and two torch.where."""


@torch.no_grad()
def zero_or_large_(w, p_zero, low, high, generator=None):
    def rand():
        return torch.rand(w.shape, generator=generator, device=w.device)

    size = low + (high - low) * rand()
    signed = torch.where(rand() < 0.5, size, -size)
    w.copy_(torch.where(rand() >= p_zero, signed, torch.zeros_like(w)))
    return w
