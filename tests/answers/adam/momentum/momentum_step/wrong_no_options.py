"""1/2: ignores dampening and nesterov."""


def momentum_step(p, g, buf, lr, mu=0.9, dampening=0.0, nesterov=False):
    buf = g.clone() if buf is None else mu * buf + g
    return p - lr * buf, buf
