"""1/2: returns a new parameter, and overwrites the buffer."""


def momentum_step(p, g, buf, lr, mu=0.9, dampening=0.0, nesterov=False):
    buf = g.clone() if buf is None else buf.mul_(mu).add_(g, alpha=1 - dampening)
    step = g + mu * buf if nesterov else buf
    return p - lr * step, buf
