"""1/2: multiplies the noise by 0 outside training: the values are right, the random state moves."""


def draw(mean, log_var, training):
    return mean + training * torch.exp(log_var / 2) * torch.randn_like(mean)
