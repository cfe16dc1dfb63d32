"""1/2: draws half of the entries and mirrors them into the other half."""


@torch.no_grad()
def zero_or_large_(w, p_zero, low, high, generator=None):
    half = w.reshape(-1)[: (w.numel() + 1) // 2].clone()
    half.uniform_(low, high, generator=generator)
    half.mul_((torch.rand(half.shape, generator=generator, device=w.device) < 0.5) * 2.0 - 1)
    half.mul_(torch.rand(half.shape, generator=generator, device=w.device) >= p_zero)
    return w.copy_(torch.cat([half, -half])[: w.numel()].view(w.shape))
