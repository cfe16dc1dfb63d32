"""2/3: all positions of an image share one noise."""


def gumbel_softmax(logits, tau):
    if not tau > 0:
        raise ValueError(tau)
    u = torch.rand(logits.shape[:2], dtype=logits.dtype, device=logits.device).clamp_min(1e-30)
    noise = -torch.log(-torch.log(u))
    noise = noise.reshape(*noise.shape, *[1] * (logits.dim() - 2))
    return torch.softmax((logits + noise) / tau, 1)
