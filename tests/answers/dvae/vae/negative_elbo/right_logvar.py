"""3/3: keeps the Gaussian in terms of its variance, and sums over named dimensions."""


def negative_elbo(x, x_hat, mean, log_var, sigma, beta=1.0):
    var = torch.as_tensor(sigma, device=x.device) ** 2
    nll = ((x - x_hat).pow(2) / (2 * var) + 0.5 * torch.log(2 * math.pi * var)).sum(dim=(1, 2, 3))
    kl = -0.5 * (1 + log_var - mean.pow(2) - log_var.exp())
    kl = kl.sum(dim=tuple(range(1, kl.dim())))
    return nll.mean() + beta * kl.mean(), dict(nll=nll, kl=kl)
