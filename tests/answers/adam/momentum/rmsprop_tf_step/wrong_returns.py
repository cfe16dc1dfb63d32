"""0/2: returns the new parameter and leaves the old one."""


def rmsprop_tf_step(p, g, state, lr, alpha=0.9, eps=1e-10, momentum=0.0):
    if not state:
        state["v"], state["buf"] = torch.ones_like(p), torch.zeros_like(p)
    state["v"] = alpha * state["v"] + (1 - alpha) * g**2
    state["buf"] = momentum * state["buf"] + lr * g / (state["v"] + eps).sqrt()
    return p - state["buf"]
