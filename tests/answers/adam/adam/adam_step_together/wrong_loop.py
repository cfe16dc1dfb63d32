"""1/2: right values, a loop over the tensors."""


def adam_step_together(thetas, grads, ms, vs, ts, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    for theta, g, m, v, t in zip(thetas, grads, ms, vs, ts):
        m.lerp_(g, 1 - beta1)
        v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
        denom = (v / (1 - beta2**t)).sqrt_().add_(eps)
        theta.addcdiv_(m, denom, value=-lr / (1 - beta1**t))
