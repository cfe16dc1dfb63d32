"""0/2: calls torch's SGD below the class, through a name that it took along."""

from torch.optim.sgd import sgd


def momentum_step(p, g, buf, lr, mu=0.9, dampening=0.0, nesterov=False):
    q, bufs = p.clone(), [None if buf is None else buf.clone()]
    sgd(
        [q],
        [g.clone()],
        bufs,
        foreach=False,
        weight_decay=0.0,
        momentum=mu,
        lr=lr,
        dampening=dampening,
        nesterov=nesterov,
        maximize=False,
    )
    return q, bufs[0]
