"""1/2: a perplexity per sequence, then their mean."""


def score(logits, targets, characters):
    nats = -logits.log_softmax(-1).gather(-1, targets[..., None])[..., 0]
    return nats.mean(1).exp().mean().item(), nats.sum().item() / math.log(2) / characters
