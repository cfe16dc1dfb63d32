"""0/1: the bare quotient: rounding makes 29 halvings 30."""


def forgotten_after(gamma, share):
    if share == 1:
        return 0
    if gamma == 1:
        return math.inf
    return math.ceil(math.log(share) / math.log(gamma))
