"""0/2: normalises over the batch, not over the classes."""


def cross_entropy(logits, labels):
    N = len(logits)
    z = logits - logits.max(axis=0, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=0, keepdims=True))

    def vjp(g):
        out = np.exp(logp)
        out[np.arange(N), labels] -= 1
        return g * out / N

    return -logp[np.arange(N), labels].mean(), vjp
