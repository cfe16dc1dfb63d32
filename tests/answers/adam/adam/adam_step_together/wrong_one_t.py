"""0/2: takes the first parameter's t for all."""


def adam_step_together(thetas, grads, ms, vs, ts, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    t = ts[0]
    torch._foreach_lerp_(ms, grads, 1 - beta1)
    torch._foreach_mul_(vs, beta2)
    torch._foreach_addcmul_(vs, grads, grads, 1 - beta2)
    denoms = torch._foreach_sqrt(vs)
    torch._foreach_div_(denoms, (1 - beta2**t) ** 0.5)
    torch._foreach_add_(denoms, eps)
    torch._foreach_addcdiv_(thetas, ms, denoms, -lr / (1 - beta1**t))
