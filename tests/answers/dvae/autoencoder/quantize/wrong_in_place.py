"""1/2: works in z's own memory."""


def quantize(z, bits):
    low, high = z.min().clone(), z.max().clone()
    if low == high:
        return torch.zeros_like(z, dtype=torch.int64), z.clone()
    gap = (high - low) / (2**bits - 1)
    levels = z.sub_(low).div_(gap).round_().long()
    return levels, low + levels * gap
