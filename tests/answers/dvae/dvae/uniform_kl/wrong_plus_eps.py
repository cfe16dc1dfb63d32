"""1/2: an eps inside the log hides the nan and spoils value or gradient."""


def uniform_kl(logits):
    q = logits.softmax(1)
    return (math.log(logits.shape[1]) + (q * (q + 1e-6).log()).sum(1)).sum((1, 2))
