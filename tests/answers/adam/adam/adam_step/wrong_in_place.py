"""1/2: right values, written over the caller's m and v."""


def adam_step(theta, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m.mul_(beta1).add_(g, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
    denom = (v / (1 - beta2**t)).sqrt() + eps
    return theta - lr * m / (1 - beta1**t) / denom, m, v
