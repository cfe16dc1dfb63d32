"""2/2: einsum, and where in place of relu and clamp."""


def linear_attention_step(q, k, v, state):
    def phi(x):
        return torch.where(x > 0, x + 1, torch.exp(torch.minimum(x, torch.zeros_like(x))))

    q, k = phi(q), phi(k)
    S = torch.einsum("bhi,bhj->bhij", k, v)
    if state is None:
        z = k.clone()
    else:
        S, z = S + state[0], k + state[1]
    y = torch.einsum("bhi,bhij->bhj", q, S) / torch.einsum("bhi,bhi->bh", q, z).unsqueeze(-1)
    return y, (S, z)
