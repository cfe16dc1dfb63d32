"""3/3: each sum as a softmax over two exponents."""


def wkv_step(k, v, decay, bonus, state):
    if state is None:
        return v + 0, (v + 0, k + 0)
    mean, exponent = state

    def average(old, new):
        w = torch.softmax(torch.stack([old, new]), 0)
        return w[0] * mean + w[1] * v

    y = average(exponent, k + bonus)
    exponent = exponent - decay
    both = torch.stack([exponent, k])
    return y, (average(exponent, k), torch.logsumexp(both, 0))
