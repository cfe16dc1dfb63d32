"""3/3: starts at minus infinity; the scale is the larger of both, never infinite."""


def wkv_step(k, v, decay, bonus, state):
    if state is None:
        state = (torch.zeros_like(v), torch.zeros_like(v), torch.full_like(k, -torch.inf))
    num, den, p = state
    q = torch.max(p, k + bonus)
    e1, e2 = (p - q).exp(), (k + bonus - q).exp()
    y = (e1 * num + e2 * v) / (e1 * den + e2)
    q = torch.max(p - decay, k)
    e1, e2 = (p - decay - q).exp(), (k - q).exp()
    return y, (e1 * num + e2 * v, e1 * den + e2, q)
