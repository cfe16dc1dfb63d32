"""1/2: saves the division with an eps that swallows a tiny spread."""


def quantize(z, bits):
    low, high = z.min(), z.max()
    gap = (high - low + 1e-8) / (2**bits - 1)
    levels = ((z - low) / gap).round().long()
    return levels, low + levels * gap
