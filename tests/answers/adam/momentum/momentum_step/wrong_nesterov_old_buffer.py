"""1/2: Nesterov looks ahead with the buffer from before the update."""


def momentum_step(p, g, buf, lr, mu=0.9, dampening=0.0, nesterov=False):
    old = torch.zeros_like(g) if buf is None else buf
    buf = g.clone() if buf is None else mu * buf + (1 - dampening) * g
    step = g + mu * old if nesterov else buf
    return p - lr * step, buf
