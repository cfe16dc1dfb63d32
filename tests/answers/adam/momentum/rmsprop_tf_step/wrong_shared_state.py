"""0/2: keeps one memory of its own for all parameters."""

own = {}


def rmsprop_tf_step(p, g, state, lr, alpha=0.9, eps=1e-10, momentum=0.0):
    with torch.no_grad():
        if "v" not in own or own["v"].shape != p.shape:
            own["v"], own["buf"] = torch.ones_like(p), torch.zeros_like(p)
        own["v"].mul_(alpha).addcmul_(g, g, value=1 - alpha)
        own["buf"].mul_(momentum).add_(lr * g / (own["v"] + eps).sqrt())
        p.sub_(own["buf"])
        state.update(own)
