"""0/3: divides the logits by tau, and adds the noise afterwards."""


def gumbel_softmax(logits, tau):
    if not tau > 0:
        raise ValueError(tau)
    u = torch.rand_like(logits).clamp_min(1e-30)
    return torch.softmax(logits / tau - torch.log(-torch.log(u)), 1)
