"""2/2: sums in the logarithm."""


def read_error(gamma, d_k, length):
    if length == 1:
        return torch.zeros(1, dtype=torch.float64)
    log = 2 * math.log(gamma)
    j = torch.arange(length, dtype=torch.float64)
    step = torch.arange(1, length, dtype=torch.float64) * log
    nothing = torch.full((1,), -math.inf, dtype=torch.float64)
    older = torch.cat([nothing, step.logcumsumexp(0)]).flip(0)
    newer = torch.cat([nothing, (-step).logcumsumexp(0)])
    return (0.5 * (torch.logaddexp(older, newer) - math.log(d_k))).exp()
