"""2/2: goes through sigma instead of its logarithm."""


def gaussian_kl(mean, log_var):
    sigma = torch.exp(log_var / 2)
    kl = sigma.pow(2) / 2 + mean.pow(2) / 2 - 0.5 - torch.log(sigma)
    return kl.sum(dim=tuple(range(1, kl.dim())))
