"""0/1: reads each loss one round late, and so holds two graphs."""


def average_loss(losses):
    total, n, previous, before = 0.0, 0, None, None
    for loss in losses:
        total, n = total + loss.item(), n + 1
        before, previous = previous, loss
    return total / n
