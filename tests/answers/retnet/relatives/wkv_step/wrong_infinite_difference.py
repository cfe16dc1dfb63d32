"""0/3: starts at minus infinity and subtracts it from itself: no number at the first token."""


def wkv_step(k, v, decay, bonus, state):
    if state is None:
        zeros = torch.zeros_like(k)
        state = zeros, zeros, zeros - torch.inf

    def add(a, b, p, exponent):
        top = torch.where(torch.isinf(p), p, torch.maximum(p, exponent))
        old, new = torch.exp(p - top), torch.exp(exponent - top)
        return old * a + new * v, old * b + new, top

    a, b, p = state
    numerator, denominator, _ = add(a, b, p, k + bonus)
    return numerator / denominator, add(a, b, p - decay, k)
