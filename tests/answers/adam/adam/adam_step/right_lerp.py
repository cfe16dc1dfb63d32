"""2/2: torch's own operations, out of place."""


def adam_step(theta, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m = torch.lerp(m, g, 1 - beta1)
    v = torch.addcmul(beta2 * v, g, g, value=1 - beta2)
    denom = v.sqrt() / (1 - beta2**t) ** 0.5 + eps
    return torch.addcdiv(theta, m, denom, value=-lr / (1 - beta1**t)), m, v
