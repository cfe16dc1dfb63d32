"""What tracking costs: the bytes that recorded graphs hold for their backward pass."""

from collections import Counter

from torch import Tensor
from torch.autograd.graph import saved_tensors_hooks


class _Held:
    """One saved tensor. When its graph lets go of it, its bytes leave the count."""

    def __init__(self, tensor: Tensor, count: "SavedBytes"):
        memory = tensor.untyped_storage()
        self.tensor = tensor.detach()  # holding its graph would keep it alive
        self.count = count
        self.address, self.size = memory.data_ptr(), memory.nbytes()
        if not count._holders[self.address]:  # memory that is saved twice is held once
            count.now += self.size
            count.peak = max(count.peak, count.now)
        count._holders[self.address] += 1

    def __del__(self):
        self.count._holders[self.address] -= 1
        if not self.count._holders[self.address]:
            self.count.now -= self.size


class SavedBytes(saved_tensors_hooks):
    """Count the bytes that graphs recorded inside the block hold for their backward pass.

    ``now`` rises when an operation saves a tensor and falls when a graph frees it, also after the
    block has ended; ``peak`` is the most it has been. It counts leaves too, which live anyway,
    and memory that several operations save only once.
    """

    def __init__(self):
        self.now = self.peak = 0
        self._holders = Counter()  # address of a tensor's memory -> how many saved tensors use it
        super().__init__(lambda tensor: _Held(tensor, self), lambda held: held.tensor)

    def __enter__(self) -> "SavedBytes":
        super().__enter__()
        return self
