"""0/2: computes in float32."""


def read_error(gamma, d_k, length):
    power = torch.arange(1, length, dtype=torch.float32)
    base = torch.tensor(gamma, dtype=torch.float32)
    zero = torch.zeros(1, dtype=torch.float32)
    newer = torch.cat([zero, (base ** (-2 * power)).cumsum(0)])
    older = torch.cat([zero, (base ** (2 * power)).cumsum(0)]).flip(0)
    return ((newer + older) / d_k).sqrt().double()
