"""3/3: one draw at a time, in a loop, with (B, D) for log_joint."""


def log_p(log_joint, mean, log_var, K):
    weights = []
    for _ in range(K):
        eps = torch.randn_like(mean)
        log_q = -0.5 * (eps**2 + log_var + math.log(2 * math.pi)).sum(1)
        weights.append(log_joint(mean + torch.exp(log_var / 2) * eps) - log_q)
    weights = torch.stack(weights)
    return torch.logsumexp(weights, 0) - math.log(len(weights))
