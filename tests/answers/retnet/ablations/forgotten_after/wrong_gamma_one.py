"""0/1: divides by ln 1."""


def forgotten_after(gamma, share):
    j = max(math.ceil(math.log(share) / math.log(gamma) - 1e-9), 0)
    return j
