"""2/2: torch's in-place operations, on copies."""


def adam_l2_step(theta, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.0):
    g = torch.add(g, theta, alpha=weight_decay)
    m = m.clone().lerp_(g, 1 - beta1)
    v = v.clone().mul_(beta2).addcmul_(g, g, value=1 - beta2)
    denom = (v.sqrt() / (1 - beta2**t) ** 0.5).add_(eps)
    return torch.addcdiv(theta, m, denom, value=-lr / (1 - beta1**t)), m, v
