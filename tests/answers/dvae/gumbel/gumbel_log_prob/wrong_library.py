"""0/2: has torch do it."""


def gumbel_log_prob(x, loc=0.0, scale=1.0):
    return torch.distributions.Gumbel(loc, scale).log_prob(x)
