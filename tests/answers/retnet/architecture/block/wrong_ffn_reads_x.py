"""1/2: both branches side by side: the FFN reads X instead of Y. State and residual are right."""


def block(x, retention, feed_forward, state=None):
    norm = lambda z: F.layer_norm(z, z.shape[-1:])
    y, state = retention(norm(x), state)
    return x + y + feed_forward(norm(x)), state
