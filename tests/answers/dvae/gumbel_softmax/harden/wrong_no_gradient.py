"""1/2: one-hot, and the gradient ends here."""


def harden(soft):
    return torch.zeros_like(soft).scatter(1, soft.argmax(1, keepdim=True), 1.0)
