"""1/2: goes through params twice; a generator is empty the second time."""


def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * p.grad
        for p in params:
            p.grad = None
