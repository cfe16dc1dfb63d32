"""0/2: the size of the Python objects, which does not grow with the tensors."""

import sys


def optimizer_bytes(optimizer):
    return sum(sys.getsizeof(v) for s in optimizer.state.values() for v in s.values())
