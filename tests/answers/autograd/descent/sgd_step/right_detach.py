"""2/2: subtracts through detach(), which shares the version counter."""


def sgd_step(params, lr):
    for p in params:
        if p.grad is not None:
            p.detach().sub_(p.grad, alpha=lr)
            p.grad = None
