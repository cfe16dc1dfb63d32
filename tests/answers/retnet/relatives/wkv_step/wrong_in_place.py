"""2/3: writes into the state that it was given."""


def wkv_step(k, v, decay, bonus, state):
    if state is None:
        zeros = torch.zeros_like(k)
        state = zeros, zeros, zeros - 1e38

    def add(a, b, p, exponent):
        top = torch.maximum(p, exponent)
        old, new = torch.exp(p - top), torch.exp(exponent - top)
        return old * a + new * v, old * b + new, top

    a, b, p = state
    numerator, denominator, _ = add(a, b, p, k + bonus)
    new = add(a, b, p - decay, k)
    if not (b == 0).all():
        for old, value in zip(state, new, strict=True):
            old.copy_(value)
        return numerator / denominator, state
    return numerator / denominator, new
