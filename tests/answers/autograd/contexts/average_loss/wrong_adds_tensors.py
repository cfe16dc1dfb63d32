"""0/1: adds up tensors: the number is right, and every graph is held until the end."""


def average_loss(losses):
    total, n = 0, 0
    for loss in losses:
        total = total + loss
        n += 1
    return total.item() / n
