"""1/2: uniform noise of variance 1; the gradient is right, the law is not."""


def draw(mean, log_var, training):
    if not training:
        return mean
    eps = (torch.rand_like(mean) * 2 - 1) * 3**0.5
    return mean + torch.exp(log_var / 2) * eps
