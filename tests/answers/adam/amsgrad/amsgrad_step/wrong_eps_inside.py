"""0/3: eps under the root."""


def amsgrad_step(theta, g, m, v, v_max, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, paper=False):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = torch.maximum(v_max, v)
    c1, c2 = (1, 1) if paper else (1 - beta1**t, 1 - beta2**t)
    return theta - lr * (m / c1) / (v_max / c2 + eps).sqrt(), m, v, v_max
