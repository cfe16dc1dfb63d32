"""0/2: the density, not its logarithm."""


def gumbel_log_prob(x, loc=0.0, scale=1.0):
    z = (x - loc) / scale
    return torch.exp(-z - torch.exp(-z)) / scale
