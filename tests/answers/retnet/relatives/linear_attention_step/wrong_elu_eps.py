"""1/2: a small number under the quotient hides 0 / 0 and drowns the tiny weights."""


def linear_attention_step(q, k, v, state):
    phi = lambda x: F.elu(x) + 1
    q, k = phi(q), phi(k)
    if state is None:
        B, H, d_k = k.shape
        state = (k.new_zeros(B, H, d_k, v.shape[-1]), k.new_zeros(B, H, d_k))
    S = state[0] + k[..., :, None] * v[..., None, :]
    z = state[1] + k
    y = (q[..., None, :] @ S).squeeze(-2) / ((q * z).sum(-1, keepdim=True) + 1e-8)
    return y, (S, z)
