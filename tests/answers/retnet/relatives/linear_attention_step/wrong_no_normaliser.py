"""0/2: no normaliser: a sum instead of a mean."""


def linear_attention_step(q, k, v, state):
    phi = lambda x: F.relu(x) + x.clamp(max=0).exp()
    q, k = phi(q), phi(k)
    if state is None:
        B, H, d_k = k.shape
        state = (k.new_zeros(B, H, d_k, v.shape[-1]), k.new_zeros(B, H, d_k))
    S = state[0] + k[..., :, None] * v[..., None, :]
    z = state[1] + k
    return (q[..., None, :] @ S).squeeze(-2), (S, z)
