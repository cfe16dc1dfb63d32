"""0/2: divides the gradient instead of m_hat, as RMSprop does."""


def adam_step(theta, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return theta - lr * g / ((v / (1 - beta2**t)).sqrt() + eps), m, v
