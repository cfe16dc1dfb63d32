"""2/2: bits and a power of two are as good as nats and e."""


def usage(batches, num_codes):
    n = sum(torch.stack([(c == k).sum() for k in range(num_codes)]) for c in batches).double()
    p = n / n.sum()
    return int((p > 0).sum()), 2.0 ** -float((p * p.clamp_min(1e-30).log2()).sum())
