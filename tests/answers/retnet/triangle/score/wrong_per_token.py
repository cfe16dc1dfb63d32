"""1/2: bits per token: ignores the number of characters."""


def score(logits, targets, characters):
    nats = -logits.log_softmax(-1).gather(-1, targets[..., None])
    return math.exp(nats.mean().item()), nats.mean().item() / math.log(2)
