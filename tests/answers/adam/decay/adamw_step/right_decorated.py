"""3/3: the whole function under no_grad."""


@torch.no_grad()
def adamw_step(p, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=1e-2):
    if p.grad is None:
        return
    state.setdefault("t", 0)
    state["t"] += 1
    for name in ("m", "v"):
        state.setdefault(name, torch.zeros_like(p))
    state["m"] = beta1 * state["m"] + (1 - beta1) * p.grad
    state["v"] = beta2 * state["v"] + (1 - beta2) * p.grad.square()
    m_hat = state["m"] / (1 - beta1 ** state["t"])
    v_hat = state["v"] / (1 - beta2 ** state["t"])
    p *= 1 - lr * weight_decay
    p -= lr * m_hat / (v_hat.sqrt() + eps)
