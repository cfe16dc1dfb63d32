"""0/2: computes the right tensor and leaves w as it was; the parameter check notices."""


def zero_or_large_(w, p_zero, low, high, generator=None):
    def rand():
        return torch.rand(w.shape, generator=generator, device=w.device)

    size = low + (high - low) * rand()
    sign = (rand() < 0.5) * 2.0 - 1
    return sign * size * (rand() >= p_zero)
