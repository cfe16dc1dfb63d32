"""2/2: copies the tensors and works in place on the copies."""


def momentum_step(p, g, buf, lr, mu=0.9, dampening=0.0, nesterov=False):
    p = p.clone()
    if buf is None:
        buf = g.clone()
    else:
        buf = buf.clone().mul_(mu).add_(g, alpha=1 - dampening)
    if nesterov:
        p.sub_(lr * (g + mu * buf))
    else:
        p.sub_(lr * buf)
    return p, buf
