"""1/2: the mean, not the total, over the characters."""


def score(logits, targets, characters):
    nats = -logits.log_softmax(-1).gather(-1, targets[..., None]).mean().item()
    return math.exp(nats), nats / math.log(2) / characters
