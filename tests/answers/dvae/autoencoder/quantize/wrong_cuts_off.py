"""1/2: long() cuts off where it should round."""


def quantize(z, bits):
    low, high = z.min(), z.max()
    if low == high:
        return torch.zeros_like(z, dtype=torch.int64), z.clone()
    gap = (high - low) / (2**bits - 1)
    levels = ((z - low) / gap).long()
    return levels, low + levels * gap
