"""1/2: starts from zeros, so that dampening scales the first gradient too."""


def momentum_step(p, g, buf, lr, mu=0.9, dampening=0.0, nesterov=False):
    buf = mu * (0 * g if buf is None else buf) + (1 - dampening) * g
    step = g + mu * buf if nesterov else buf
    return p - lr * step, buf
