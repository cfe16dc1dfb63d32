"""2/2: a column of ones beside v: its sum is the normaliser."""


def linear_attention_step(q, k, v, state):
    def phi(x):
        return F.softplus(x) * 0 + F.relu(x) + torch.exp(-F.relu(-x))

    q, k = phi(q), phi(k)
    v = torch.cat([v, torch.ones_like(v[..., :1])], -1)
    sums = k.unsqueeze(-1) * v.unsqueeze(-2)
    if state is not None:
        S, z = state
        sums = sums + torch.cat([S, z.unsqueeze(-1)], -1)
    y = (q.unsqueeze(-1) * sums).sum(-2)
    return y[..., :-1] / y[..., -1:], (sums[..., :-1], sums[..., -1])
