"""0/2: spreads the levels over -max to max and forgets where the code begins."""


def quantize(z, bits):
    top = z.abs().max()
    steps = 2**bits - 1
    levels = ((z / top + 1) / 2 * steps).round().long()
    return levels, (levels / steps * 2 - 1) * top
