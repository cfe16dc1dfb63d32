"""0/3: torch does it."""


def gumbel_softmax(logits, tau):
    if not tau > 0:
        raise ValueError(tau)
    return F.gumbel_softmax(logits, tau, dim=1)
