"""1/2: sample() has the right law and no graph."""


def draw(mean, log_var, training):
    if not training:
        return mean
    return torch.distributions.Normal(mean, torch.exp(log_var / 2)).sample()
