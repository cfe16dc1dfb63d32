"""1/2: shifts by the maximum of the whole batch: a row far below it underflows to log 0."""


def cross_entropy(logits, labels):
    N = len(logits)
    z = logits - logits.max()
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))

    def vjp(g):
        out = np.exp(logp)
        out[np.arange(N), labels] -= 1
        return g * out / N

    return -logp[np.arange(N), labels].mean(), vjp
