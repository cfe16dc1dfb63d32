"""2/2: picks with take_along_axis and builds the vjp from logp's own vjp."""


def cross_entropy(logits, labels):
    z = logits - np.max(logits, axis=-1, keepdims=True)
    lse = np.log(np.sum(np.exp(z), axis=-1, keepdims=True))
    picked = np.take_along_axis(z - lse, labels[:, None], axis=-1)

    def vjp(g):
        g_logp = np.zeros_like(z)
        np.put_along_axis(g_logp, labels[:, None], -g / len(z), axis=-1)
        return g_logp - np.exp(z - lse) * g_logp.sum(axis=-1, keepdims=True)

    return -np.mean(picked), vjp
