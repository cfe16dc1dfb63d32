"""2/2: works in place, on copies of what came in."""


def adam_step(theta, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    theta, m, v = (x.clone() for x in (theta, m, v))
    m.mul_(beta1).add_(g, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    theta -= lr * m_hat / (torch.sqrt(v_hat) + eps)
    return theta, m, v
