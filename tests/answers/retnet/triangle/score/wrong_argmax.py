"""0/2: the surprise of the likeliest token, whatever the target is."""


def score(logits, targets, characters):
    nats = -logits.log_softmax(-1).amax(-1)
    return math.exp(nats.mean().item()), nats.sum().item() / math.log(2) / characters
