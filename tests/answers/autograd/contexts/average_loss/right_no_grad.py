"""1/1: goes through the iterator under no_grad, so that no sum is recorded."""


@torch.no_grad()
def average_loss(losses):
    total = n = 0
    for loss in losses:
        total += loss
        n += 1
    return (total / n).item()
