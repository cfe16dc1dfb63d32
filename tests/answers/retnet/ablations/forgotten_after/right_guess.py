"""1/1: a logarithm, and its neighbours."""


def forgotten_after(gamma, share):
    if gamma == 1.0:
        return 0 if share == 1.0 else math.inf
    guess = round(math.log2(share) / math.log2(gamma))
    return next(j for j in range(max(guess - 2, 0), guess + 4) if gamma**j <= share)
