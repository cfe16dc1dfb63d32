"""0/3: returns one-hot vectors."""


def gumbel_softmax(logits, tau):
    if not tau > 0:
        raise ValueError(tau)
    u = torch.rand_like(logits).clamp_min(1e-30)
    y = torch.softmax((logits - torch.log(-torch.log(u))) / tau, 1)
    hard = torch.zeros_like(y).scatter(1, y.argmax(1, keepdim=True), 1.0)
    return hard + (y - y.detach())
