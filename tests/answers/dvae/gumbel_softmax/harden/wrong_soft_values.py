"""0/2: detaches the wrong term: soft values, no gradient of soft."""


def harden(soft):
    hard = torch.zeros_like(soft).scatter(1, soft.argmax(1, keepdim=True), 1.0)
    return soft.detach() + (hard - hard.detach())
