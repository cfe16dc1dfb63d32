"""2/2: a one-hot matrix and logsumexp through np.logaddexp."""


def cross_entropy(logits, labels):
    N, C = logits.shape
    Y = np.eye(C)[labels]
    logp = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)

    def vjp(g):
        return g * (np.exp(logp) - Y) / N

    return -(Y * logp).sum() / N, vjp
