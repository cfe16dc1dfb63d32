"""0/3: one draw, repeated: K changes nothing."""


def log_p(log_joint, mean, log_var, K):
    eps = torch.randn_like(mean).expand(K, *mean.shape)
    log_q = (-0.5 * eps**2 - 0.5 * log_var - 0.5 * math.log(2 * math.pi)).sum(-1)
    w = log_joint(mean + torch.exp(0.5 * log_var) * eps) - log_q
    return torch.logsumexp(w, 0) - math.log(K)
