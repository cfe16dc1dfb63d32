"""2/2: the root as a power, the step size in the denominator."""


def adam_step_together(thetas, grads, ms, vs, ts, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    torch._foreach_lerp_(ms, grads, 1 - beta1)
    torch._foreach_copy_(vs, torch._foreach_lerp(vs, torch._foreach_pow(grads, 2.0), 1 - beta2))
    steps = torch._foreach_pow(torch._foreach_div(vs, [1 - beta2**t for t in ts]), 0.5)
    steps = torch._foreach_div(ms, torch._foreach_add(steps, eps))
    torch._foreach_mul_(steps, [lr / (1 - beta1**t) for t in ts])
    torch._foreach_sub_(thetas, steps)
