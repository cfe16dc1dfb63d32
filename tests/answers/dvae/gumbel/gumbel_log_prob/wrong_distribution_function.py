"""0/2: the logarithm of the distribution function."""


def gumbel_log_prob(x, loc=0.0, scale=1.0):
    return -torch.exp(-(x - loc) / scale)
