"""1/2: stores Nesterov's direction as the buffer."""


def momentum_step(p, g, buf, lr, mu=0.9, dampening=0.0, nesterov=False):
    buf = g.clone() if buf is None else mu * buf + (1 - dampening) * g
    if nesterov:
        buf = g + mu * buf
    return p - lr * buf, buf
