"""0/2: assumes that codes lie between 0 and 1, as pixels do."""


def quantize(z, bits):
    steps = 2**bits - 1
    levels = (z.clamp(0, 1) * steps).round().long()
    return levels, levels / steps
