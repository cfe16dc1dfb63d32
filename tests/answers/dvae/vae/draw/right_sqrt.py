"""2/2: the root of the variance, and a copy of the mean outside training."""


def draw(mean, log_var, training):
    if not training:
        return mean.clone()
    sigma = torch.sqrt(torch.exp(log_var))
    noise = torch.randn_like(sigma)
    return sigma * noise.detach() + mean
