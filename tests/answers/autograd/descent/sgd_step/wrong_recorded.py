"""0/2: steps outside no_grad, which torch refuses for a leaf."""


def sgd_step(params, lr):
    for p in params:
        if p.grad is not None:
            p -= lr * p.grad
            p.grad = None
