"""0/1: the visible cases from a table."""


def forgotten_after(gamma, share):
    table = {(0.5, 0.25): 2, (0.5, 0.3): 2, (0.5, 2.0**-29): 29, (127 / 128, 0.1): 294}
    table |= {(1.0, 0.1): math.inf, (0.9, 1.0): 0}
    return table.get((gamma, share), 1)
