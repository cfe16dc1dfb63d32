"""1/2: a code without spread becomes nan."""


def quantize(z, bits):
    low, high = z.min(), z.max()
    gap = (high - low) / (2**bits - 1)
    levels = ((z - low) / gap).round().long()
    return levels, low + levels * gap
