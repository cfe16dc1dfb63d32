"""0/1: gamma 1 and share 1: 0 tokens, not infinitely many."""


def forgotten_after(gamma, share):
    if gamma == 1:
        return math.inf
    j = 0
    while gamma**j > share:
        j += 1
    return j
