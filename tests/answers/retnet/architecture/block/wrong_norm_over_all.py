"""0/2: one mean and variance for the whole sequence: sees the future."""


def block(x, retention, feed_forward, state=None):
    norm = lambda z: F.layer_norm(z, z.shape[-2:])
    y, state = retention(norm(x), state)
    y = x + y
    return y + feed_forward(norm(y)), state
