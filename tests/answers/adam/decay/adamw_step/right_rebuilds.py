"""3/3: computes the new value and copies it into p."""


def adamw_step(p, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=1e-2):
    if p.grad is None:
        return None
    t = state["t"] = state.get("t", 0) + 1
    with torch.no_grad():
        m = state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * p.grad
        v = state["v"] = beta2 * state.get("v", 0) + (1 - beta2) * p.grad**2
        step = m / (1 - beta1**t) / ((v / (1 - beta2**t)).sqrt() + eps)
        p.copy_(p - lr * weight_decay * p - lr * step)
