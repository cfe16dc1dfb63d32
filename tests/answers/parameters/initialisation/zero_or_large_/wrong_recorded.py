"""1/2: edits in place outside no_grad: a parameter refuses."""


def zero_or_large_(w, p_zero, low, high, generator=None):
    w.uniform_(low, high, generator=generator)
    w.mul_((torch.rand(w.shape, generator=generator, device=w.device) < 0.5) * 2.0 - 1)
    return w.mul_(torch.rand(w.shape, generator=generator, device=w.device) >= p_zero)
