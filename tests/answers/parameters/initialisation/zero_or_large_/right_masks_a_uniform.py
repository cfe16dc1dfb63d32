"""2/2: adapts the page's trick: the sign and the size from one uniform, zeros apart."""


def zero_or_large_(w, p_zero, low, high, generator=None):
    with torch.no_grad():
        w.uniform_(-(high - low), high - low, generator=generator)
        w += low * w.sign()
        keep = torch.empty_like(w).bernoulli_(1 - p_zero, generator=generator)
        return w.mul_(keep)
