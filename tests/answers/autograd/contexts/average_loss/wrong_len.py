"""0/1: asks an iterator for its length."""


def average_loss(losses):
    return sum(loss.item() for loss in losses) / len(losses)
