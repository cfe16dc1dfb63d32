"""0/2: the density of minima."""


def gumbel_log_prob(x, loc=0.0, scale=1.0):
    z = (x - loc) / scale
    return z - torch.exp(z) - torch.log(torch.as_tensor(scale))
