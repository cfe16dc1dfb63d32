"""1/2: averages 1/p, the exponential of each surprise; the bits are right."""


def score(logits, targets, characters):
    nats = -logits.log_softmax(-1).gather(-1, targets[..., None])
    return nats.exp().mean().item(), nats.sum().item() / math.log(2) / characters
