"""1/2: calls retention twice, for the output and for the state."""


def block(x, retention, feed_forward, state=None):
    norm = lambda z: F.layer_norm(z, z.shape[-1:])
    y = x + retention(norm(x), state)[0]
    return y + feed_forward(norm(y)), retention(norm(x), state)[1]
