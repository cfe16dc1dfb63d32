"""0/1: makes a list first, which keeps every loss alive with its graph."""


def average_loss(losses):
    losses = list(losses)
    return sum(loss.item() for loss in losses) / len(losses)
