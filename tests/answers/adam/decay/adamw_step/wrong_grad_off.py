"""2/3: switches gradients off and never on again."""


def adamw_step(p, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=1e-2):
    torch.set_grad_enabled(False)
    if p.grad is None:
        return
    if not state:
        state.update(t=0, m=torch.zeros_like(p), v=torch.zeros_like(p))
    if True:
        g = p.grad
        state["t"] += 1
        m, v, t = state["m"], state["v"], state["t"]
        m.mul_(beta1).add_(g, alpha=1 - beta1)
        v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        p.mul_(1 - lr * weight_decay)
        p.sub_(lr * m_hat / (v_hat.sqrt() + eps))
