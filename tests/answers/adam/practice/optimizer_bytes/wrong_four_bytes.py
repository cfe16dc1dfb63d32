"""1/2: takes every element for four bytes."""


def optimizer_bytes(optimizer):
    values = [v for s in optimizer.state.values() for v in s.values()]
    return sum(4 * v.numel() for v in values if isinstance(v, Tensor))
