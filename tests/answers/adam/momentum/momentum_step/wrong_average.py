"""0/2: keeps Adam's moving average, which multiplies the gradient by 1 - mu."""


def momentum_step(p, g, buf, lr, mu=0.9, dampening=0.0, nesterov=False):
    buf = (1 - mu) * g if buf is None else mu * buf + (1 - mu) * g
    step = g + mu * buf if nesterov else buf
    return p - lr * step, buf
