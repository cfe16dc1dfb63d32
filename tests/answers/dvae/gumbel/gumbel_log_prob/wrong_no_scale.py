"""0/2: forgets that a density over wider x is lower."""


def gumbel_log_prob(x, loc=0.0, scale=1.0):
    z = (x - loc) / scale
    return -z - torch.exp(-z)
