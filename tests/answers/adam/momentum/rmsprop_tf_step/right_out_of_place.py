"""2/2: computes new tensors and copies the parameter's back."""


def rmsprop_tf_step(p, g, state, lr, alpha=0.9, eps=1e-10, momentum=0.0):
    v = state.get("v", torch.ones_like(p)).detach()
    b = state.get("buf", torch.zeros_like(p)).detach()
    state["v"] = alpha * v + (1 - alpha) * g.pow(2)
    state["buf"] = momentum * b + lr * g * torch.rsqrt(state["v"] + eps)
    with torch.no_grad():
        p.copy_(p - state["buf"])
