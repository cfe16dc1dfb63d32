"""0/2: overwrites the gradient on the way, and the next step reads it."""


def rmsprop_tf_step(p, g, state, lr, alpha=0.9, eps=1e-10, momentum=0.0):
    with torch.no_grad():
        if not state:
            state["v"], state["buf"] = torch.ones_like(p), torch.zeros_like(p)
        state["v"].mul_(alpha).addcmul_(g, g, value=1 - alpha)
        g.mul_(lr).div_((state["v"] + eps).sqrt())
        state["buf"].mul_(momentum).add_(g)
        p.sub_(state["buf"])
