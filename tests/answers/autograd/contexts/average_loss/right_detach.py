"""1/1: adds detached tensors and turns their sum into a number once."""


def average_loss(losses):
    total, n = torch.zeros(()), 0
    for n, loss in enumerate(losses, 1):
        total = total + loss.detach().cpu()
    return float(total / n)
