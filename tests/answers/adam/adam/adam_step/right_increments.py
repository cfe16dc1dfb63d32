"""2/2: each average moved a little towards the new value."""


def adam_step(theta, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    new_m = m + (1 - beta1) * (g - m)
    new_v = v + (1 - beta2) * (g.square() - v)
    scale = lr / (1 - beta1**t)
    root = torch.pow(new_v / (1 - beta2**t), 0.5)
    return theta - scale * new_m / (root + eps), new_m, new_v
