"""2/2: draws the part of each entry with torch.multinomial."""


@torch.no_grad()
def zero_or_large_(w, p_zero, low, high, generator=None):
    p = torch.tensor([(1 - p_zero) / 2, p_zero, (1 - p_zero) / 2], device=w.device)
    part = torch.multinomial(p, w.numel(), replacement=True, generator=generator) - 1
    w.uniform_(low, high, generator=generator)
    w.mul_(part.view(w.shape))
    return w
