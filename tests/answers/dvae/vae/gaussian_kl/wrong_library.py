"""1/2: asks torch.distributions, which the task forbids; right on the grid too, where only the shape is in question."""


def gaussian_kl(mean, log_var):
    q = torch.distributions.Normal(mean, torch.exp(log_var / 2))
    p = torch.distributions.Normal(torch.zeros_like(mean), torch.ones_like(mean))
    return torch.distributions.kl_divergence(q, p).flatten(1).sum(1)
