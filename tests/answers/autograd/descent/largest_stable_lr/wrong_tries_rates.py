"""0/2: tries rates from a list and returns the last that did not explode."""


def largest_stable_lr(loss_fn, w):
    best = 0.0
    for lr in [0.001, 0.01, 0.04, 0.05, 0.0845, 0.1, 0.2, 0.3, 0.5, 1.0]:
        v = w.detach().clone()
        start = loss_fn(v)
        for _ in range(50):
            v.requires_grad_()
            (grad,) = torch.autograd.grad(loss_fn(v), v)
            v = (v - lr * grad).detach()
        if loss_fn(v) <= start:
            best = lr
    return best
