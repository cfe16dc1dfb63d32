"""0/2: sums over the rows where the mean is asked for."""


def cross_entropy(logits, labels):
    N = len(logits)
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))

    def vjp(g):
        out = np.exp(logp)
        out[np.arange(N), labels] -= 1
        return g * out

    return -logp[np.arange(N), labels].sum(), vjp
