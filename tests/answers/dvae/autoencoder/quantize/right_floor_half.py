"""2/2: rounds by adding a half and cutting off, and guards the gap instead of branching."""


def quantize(z, bits):
    low, span = z.min(), z.max() - z.min()
    steps = 2**bits - 1
    share = (z - low) / torch.where(span > 0, span, torch.ones_like(span))
    levels = torch.floor(share * steps + 0.5).to(torch.int64)
    return levels, low + span * levels / steps
