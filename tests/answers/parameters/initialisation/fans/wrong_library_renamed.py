"""0/1: calls torch's own function under another name."""

from torch.nn.init import _calculate_fan_in_and_fan_out as count


def fans(w):
    return count(w)
