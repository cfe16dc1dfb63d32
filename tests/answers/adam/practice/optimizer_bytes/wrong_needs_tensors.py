"""1/2: asks None and numbers for their size."""


def optimizer_bytes(optimizer):
    return sum(v.numel() * v.element_size() for s in optimizer.state.values() for v in s.values())
