"""3/3: clones, then works in place on the copies."""


def amsgrad_step(theta, g, m, v, v_max, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, paper=False):
    theta, m, v, v_max = (x.clone() for x in (theta, m, v, v_max))
    m.lerp_(g, 1 - beta1)
    v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
    torch.maximum(v_max, v, out=v_max)
    root = v_max.sqrt()
    size = lr
    if not paper:
        size = lr / (1 - beta1**t)
        root /= (1 - beta2**t) ** 0.5
    theta.addcdiv_(m, root.add_(eps), value=-size)
    return theta, m, v, v_max
