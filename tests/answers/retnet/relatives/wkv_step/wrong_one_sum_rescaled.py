"""0/3: the numerator is rescaled to the new maximum, the denominator not."""


def wkv_step(k, v, decay, bonus, state):
    if state is None:
        zeros = torch.zeros_like(k)
        state = zeros, zeros, zeros - 1e38

    def add(a, b, p, exponent):
        top = torch.maximum(p, exponent)
        old, new = torch.exp(p - top), torch.exp(exponent - top)
        return old * a + new * v, b + new, top

    a, b, p = state
    numerator, denominator, _ = add(a, b, p, k + bonus)
    return numerator / denominator, add(a, b, p - decay, k)
