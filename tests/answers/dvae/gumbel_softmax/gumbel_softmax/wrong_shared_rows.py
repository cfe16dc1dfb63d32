"""0/3: one noise for the whole batch."""


def gumbel_softmax(logits, tau):
    if not tau > 0:
        raise ValueError(tau)
    u = torch.rand_like(logits[:1]).clamp_min(1e-30)
    return torch.softmax((logits - torch.log(-torch.log(u))) / tau, 1)
