"""0/2: takes the logarithm of a density that has become 0."""


def gumbel_log_prob(x, loc=0.0, scale=1.0):
    z = (x - loc) / scale
    return torch.log(torch.exp(-z - torch.exp(-z)) / scale)
