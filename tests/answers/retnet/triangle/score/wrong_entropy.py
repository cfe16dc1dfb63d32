"""0/2: the model's own entropy: does not look at the targets."""


def score(logits, targets, characters):
    log_p = logits.log_softmax(-1)
    nats = -(log_p.exp() * log_p).sum(-1)
    return math.exp(nats.mean().item()), nats.sum().item() / math.log(2) / characters
