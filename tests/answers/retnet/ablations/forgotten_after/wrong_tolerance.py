"""0/1: forgives a millionth: off by one for slow heads."""


def forgotten_after(gamma, share):
    if share == 1:
        return 0
    if gamma == 1:
        return math.inf
    return max(math.ceil(math.log(share) / math.log(gamma) - 1e-2), 0)
