"""1/2: writes through .data: the values arrive, and autograd does not notice."""


def rmsprop_tf_step(p, g, state, lr, alpha=0.9, eps=1e-10, momentum=0.0):
    if not state:
        state["v"], state["buf"] = torch.ones_like(p.data), torch.zeros_like(p.data)
    state["v"].mul_(alpha).addcmul_(g, g, value=1 - alpha)
    state["buf"].mul_(momentum).add_(lr * g / (state["v"] + eps).sqrt())
    p.data -= state["buf"]
