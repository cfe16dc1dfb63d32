"""0/2: makes new tensors and puts them into the lists: the caller's stay old."""


def adam_step_together(thetas, grads, ms, vs, ts, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    ms[:] = torch._foreach_lerp(ms, grads, 1 - beta1)
    vs[:] = torch._foreach_lerp(vs, torch._foreach_mul(grads, grads), 1 - beta2)
    denoms = torch._foreach_sqrt(torch._foreach_div(vs, [1 - beta2**t for t in ts]))
    m_hats = torch._foreach_div(ms, [(1 - beta1**t) / lr for t in ts])
    steps = torch._foreach_div(m_hats, torch._foreach_add(denoms, eps))
    thetas[:] = torch._foreach_sub(thetas, steps)
