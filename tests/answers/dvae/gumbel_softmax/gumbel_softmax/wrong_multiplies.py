"""0/3: multiplies by tau."""


def gumbel_softmax(logits, tau):
    if not tau > 0:
        raise ValueError(tau)
    u = torch.rand_like(logits).clamp_min(1e-30)
    return torch.softmax((logits - torch.log(-torch.log(u))) * tau, 1)
