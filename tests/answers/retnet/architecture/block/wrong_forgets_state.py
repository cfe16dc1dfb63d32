"""1/2: starts retention anew at every call."""


def block(x, retention, feed_forward, state=None):
    norm = lambda z: F.layer_norm(z, z.shape[-1:])
    y, state = retention(norm(x), None)
    y = x + y
    return y + feed_forward(norm(y)), state
