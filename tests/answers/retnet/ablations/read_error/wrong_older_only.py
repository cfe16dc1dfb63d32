"""0/2: forgets that newer pairs disturb too."""


def read_error(gamma, d_k, length):
    power = torch.arange(1, length, dtype=torch.float64)
    base = torch.tensor(gamma, dtype=torch.float64)
    zero = torch.zeros(1, dtype=torch.float64)
    newer = torch.cat([zero, (base ** (-2 * power)).cumsum(0)])
    older = torch.cat([zero, (base ** (2 * power)).cumsum(0)]).flip(0)
    return ((older) / d_k).sqrt()
