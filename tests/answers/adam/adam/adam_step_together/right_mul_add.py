"""2/2: without lerp and addcmul."""


def adam_step_together(thetas, grads, ms, vs, ts, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    torch._foreach_mul_(ms, beta1)
    torch._foreach_add_(ms, grads, alpha=1 - beta1)
    squares = torch._foreach_mul(grads, grads)
    torch._foreach_mul_(vs, beta2)
    torch._foreach_add_(vs, squares, alpha=1 - beta2)
    m_hats = torch._foreach_div(ms, [1 - beta1**t for t in ts])
    roots = torch._foreach_div(vs, [1 - beta2**t for t in ts])
    torch._foreach_sqrt_(roots)
    torch._foreach_add_(roots, eps)
    torch._foreach_div_(m_hats, roots)
    torch._foreach_add_(thetas, m_hats, alpha=-lr)
