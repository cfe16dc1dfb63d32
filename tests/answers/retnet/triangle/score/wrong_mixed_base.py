"""1/2: 2 to the power of nats; the bits per character are right."""


def score(logits, targets, characters):
    nats = -logits.log_softmax(-1).gather(-1, targets[..., None])
    return 2 ** nats.mean().item(), nats.sum().item() / math.log(2) / characters
