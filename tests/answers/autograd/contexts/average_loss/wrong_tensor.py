"""0/1: returns a tensor with a graph."""


def average_loss(losses):
    total, n = 0, 0
    for loss in losses:
        total, n = total + loss, n + 1
    return total / n
