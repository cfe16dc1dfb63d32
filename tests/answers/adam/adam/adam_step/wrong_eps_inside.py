"""1/2: puts eps under the root, where its square root counts."""


def adam_step(theta, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    denom = (v / (1 - beta2**t) + eps).sqrt()
    return theta - lr * m / (1 - beta1**t) / denom, m, v
