"""0/2: the levels are right, and restored is z itself: the decoder would see what was never stored."""


def quantize(z, bits):
    span = z.max() - z.min()
    if span == 0:
        return torch.zeros_like(z), z
    levels = ((z - z.min()) / span * (2**bits - 1)).round().long()
    return levels, z
