"""1/3: asks torch.distributions for ln q; right in every number, the tiny ones too."""


def log_p(log_joint, mean, log_var, K):
    q = torch.distributions.Normal(mean, torch.exp(log_var / 2))
    z = q.sample((K,))
    return torch.logsumexp(log_joint(z) - q.log_prob(z).sum(-1), 0) - math.log(K)
