"""0/3: Gaussian noise of the same standard deviation."""


def gumbel_max(logits):
    return (logits + 1.2825 * torch.randn_like(logits)).argmax(1)
