"""1/2: hides the infinity behind + 1e-12: every loss above 27.6 is capped."""


def cross_entropy(logits, labels):
    N = len(logits)
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)

    def vjp(g):
        out = p.copy()
        out[np.arange(N), labels] -= 1
        return g * out / N

    return -np.log(np.maximum(p[np.arange(N), labels], 1e-12)).mean(), vjp
