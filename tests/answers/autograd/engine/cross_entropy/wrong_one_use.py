"""1/2: the vjp subtracts the one-hot from what it keeps: a second call subtracts again."""


def cross_entropy(logits, labels):
    N = len(logits)
    z = logits - logits.max(axis=1, keepdims=True)
    lse = np.log(np.exp(z).sum(axis=1, keepdims=True))
    p = np.exp(z - lse)

    def vjp(g):
        p[np.arange(N), labels] -= 1
        return g * p / N

    return -(z - lse)[np.arange(N), labels].mean(), vjp
