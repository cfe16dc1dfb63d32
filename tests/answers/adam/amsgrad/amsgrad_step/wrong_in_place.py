"""0/3: updates the caller's tensors."""


def amsgrad_step(theta, g, m, v, v_max, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, paper=False):
    m.lerp_(g, 1 - beta1)
    v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
    torch.maximum(v_max, v, out=v_max)
    c1, c2 = (1, 1) if paper else (1 - beta1**t, 1 - beta2**t)
    theta.addcdiv_(m, (v_max / c2).sqrt() + eps, value=-lr / c1)
    return theta, m, v, v_max
