"""0/2: overwrites the parameter and the buffer that it was given."""


def momentum_step(p, g, buf, lr, mu=0.9, dampening=0.0, nesterov=False):
    buf = g.clone() if buf is None else buf.mul_(mu).add_(g, alpha=1 - dampening)
    p -= lr * (g + mu * buf if nesterov else buf)
    return p, buf
