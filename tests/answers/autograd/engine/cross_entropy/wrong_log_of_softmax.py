"""1/2: a stable softmax, then its logarithm: a probability that was rounded to 0 gives infinity."""


def cross_entropy(logits, labels):
    N = len(logits)
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)

    def vjp(g):
        out = p.copy()
        out[np.arange(N), labels] -= 1
        return g * out / N

    return -np.log(p[np.arange(N), labels]).mean(), vjp
