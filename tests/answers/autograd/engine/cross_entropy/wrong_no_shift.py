"""1/2: the formula as it stands: exponentials overflow."""


def cross_entropy(logits, labels):
    N = len(logits)
    logp = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))

    def vjp(g):
        out = np.exp(logp)
        out[np.arange(N), labels] -= 1
        return g * out / N

    return -logp[np.arange(N), labels].mean(), vjp
