"""1/2: the vjp returns the gradient whatever g is: hidden as long as g is 1."""


def cross_entropy(logits, labels):
    N = len(logits)
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))

    def vjp(g):
        out = np.exp(logp)
        out[np.arange(N), labels] -= 1
        return out / N

    return -logp[np.arange(N), labels].mean(), vjp
