"""2/3: refuses 0 and negative temperatures, and lets NaN pass."""


def gumbel_softmax(logits, tau):
    if tau <= 0:
        raise ValueError(tau)
    u = torch.rand_like(logits).clamp_min(1e-30)
    return torch.softmax((logits - torch.log(-torch.log(u))) / tau, 1)
