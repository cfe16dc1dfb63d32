"""2/2: returns early, and treats the first step as a step of its own."""


def momentum_step(p, g, buf, lr, mu=0.9, dampening=0.0, nesterov=False):
    if buf is None:
        new = g + 0.0
    else:
        new = torch.add(torch.mul(buf, mu), g * (1.0 - dampening))
    direction = torch.add(g, new, alpha=mu) if nesterov else new
    return torch.sub(p, direction, alpha=lr), new
