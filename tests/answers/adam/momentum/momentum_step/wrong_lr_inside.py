"""0/2: Polyak's velocity, with the learning rate inside the buffer."""


def momentum_step(p, g, buf, lr, mu=0.9, dampening=0.0, nesterov=False):
    new = lr * g if buf is None else mu * buf + lr * (1 - dampening) * g
    return p - (lr * g + mu * new if nesterov else new), new
