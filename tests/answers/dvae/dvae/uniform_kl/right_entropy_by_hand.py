"""2/2: ln K minus the entropy, maximum subtracted first."""


def uniform_kl(logits):
    shifted = logits - logits.amax(1, keepdim=True)
    weights = shifted.exp()
    total = weights.sum(1, keepdim=True)
    q = weights / total
    entropy = (q * (total.log() - shifted)).sum(1)
    return (math.log(logits.shape[1]) - entropy).flatten(1).sum(1)
