"""1/2: returns the state that it was given."""


def block(x, retention, feed_forward, state=None):
    norm = lambda z: F.layer_norm(z, z.shape[-1:])
    y = x + retention(norm(x), state)[0]
    return y + feed_forward(norm(y)), state
