"""0/2: logp[:, labels] picks N columns from every row."""


def cross_entropy(logits, labels):
    N = len(logits)
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))

    def vjp(g):
        out = np.exp(logp)
        out[:, labels] -= 1
        return g * out / N

    return -logp[:, labels].mean(), vjp
