"""3/3: two branches, and where for the maximum."""


def amsgrad_step(theta, g, m, v, v_max, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, paper=False):
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (g * g - v)
    v_max = torch.where(v > v_max, v, v_max)
    if paper:
        return theta - lr * m / (v_max**0.5 + eps), m, v, v_max
    m_hat = m / (1 - beta1**t)
    return theta - lr * m_hat / ((v_max / (1 - beta2**t)) ** 0.5 + eps), m, v, v_max
