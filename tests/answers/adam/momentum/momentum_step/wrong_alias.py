"""1/2: the first buffer is the gradient itself, not a copy."""


def momentum_step(p, g, buf, lr, mu=0.9, dampening=0.0, nesterov=False):
    buf = g if buf is None else mu * buf + (1 - dampening) * g
    step = g + mu * buf if nesterov else buf
    return p - lr * step, buf
