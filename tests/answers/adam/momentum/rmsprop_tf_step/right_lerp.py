"""2/2: interpolates v, and steps through detach()."""


def rmsprop_tf_step(p, g, state, lr, alpha=0.9, eps=1e-10, momentum=0.0):
    q = p.detach()
    if "v" not in state:
        state.update(v=torch.full_like(q, 1.0), buf=torch.full_like(q, 0.0))
    state["v"].lerp_(g * g, 1 - alpha)
    state["buf"].mul_(momentum).addcdiv_(g, state["v"].add(eps).sqrt(), value=lr)
    q -= state["buf"]
