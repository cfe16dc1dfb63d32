"""1/2: keeps the tokens in a global list; fails once two sequences share a beginning."""

seen = []


def linear_attention_step(q, k, v, state):
    if state is None:
        seen.clear()
    phi = lambda x: F.relu(x) + x.clamp(max=0).exp()
    seen.append((phi(k), v))
    S = sum(a[..., :, None] * b[..., None, :] for a, b in seen)
    z = sum(a for a, _ in seen)
    q = phi(q)
    return (q[..., None, :] @ S).squeeze(-2) / (q * z).sum(-1, keepdim=True), (S, z)
