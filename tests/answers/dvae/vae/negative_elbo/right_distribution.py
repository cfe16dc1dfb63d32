"""3/3: leaves both terms to torch.distributions, which this task allows."""


def negative_elbo(x, x_hat, mean, log_var, sigma, beta=1.0):
    D = torch.distributions
    nll = -D.Normal(x_hat, torch.as_tensor(sigma, device=x.device)).log_prob(x).flatten(1).sum(1)
    prior = D.Normal(torch.zeros_like(mean), torch.ones_like(mean))
    kl = D.kl_divergence(D.Normal(mean, torch.exp(log_var / 2)), prior).flatten(1).sum(1)
    loss = torch.stack([n + beta * k for n, k in zip(nll, kl)]).mean()
    return loss, {"kl": kl, "nll": nll}
