"""0/2: ignores training; a bug of public dVAE code."""


def draw(mean, log_var, training):
    return mean + torch.exp(log_var / 2) * torch.randn_like(mean)
