"""1/2: subtracts the maximum from the caller's logits."""


def cross_entropy(logits, labels):
    N = len(logits)
    logits -= logits.max(axis=1, keepdims=True)
    logp = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))

    def vjp(g):
        out = np.exp(logp)
        out[np.arange(N), labels] -= 1
        return g * out / N

    return -logp[np.arange(N), labels].mean(), vjp
