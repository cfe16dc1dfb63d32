"""0/2: post-LN: the norm on the sum, so that the residual way is normalised too."""


def block(x, retention, feed_forward, state=None):
    norm = lambda z: F.layer_norm(z, z.shape[-1:])
    y, state = retention(x, state)
    y = norm(x + y)
    return norm(y + feed_forward(y)), state
