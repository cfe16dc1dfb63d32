"""1/2: foreach for the averages, a loop for what depends on t."""


def adam_step_together(thetas, grads, ms, vs, ts, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    torch._foreach_lerp_(ms, grads, 1 - beta1)
    torch._foreach_mul_(vs, beta2)
    torch._foreach_addcmul_(vs, grads, grads, 1 - beta2)
    for theta, m, v, t in zip(thetas, ms, vs, ts):
        denom = (v / (1 - beta2**t)).sqrt() + eps
        theta.sub_(lr / (1 - beta1**t) * m / denom)
