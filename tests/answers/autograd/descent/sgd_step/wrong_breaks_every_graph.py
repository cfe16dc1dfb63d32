"""1/2: fakes the alarm: new memory, and the old one spoilt, so that every old graph fails."""


def sgd_step(params, lr):
    for p in params:
        if p.grad is not None:
            with torch.no_grad():
                new = p - lr * p.grad
                p.zero_()
            p.data = new
            p.grad = None
