"""0/2: exp(log_var) is the variance, not the standard deviation."""


def draw(mean, log_var, training):
    if not training:
        return mean
    return mean + torch.exp(log_var) * torch.randn_like(mean)
