"""3/3: works on p.detach(), which shares memory and version counter."""


def adamw_step(p, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=1e-2):
    if p.grad is not None:
        w, g = p.detach(), p.grad.detach()
        if "averages" not in state:
            state["averages"] = [torch.zeros_like(w), torch.zeros_like(w), 0]
        m, v, t = state["averages"]
        t = state["averages"][2] = t + 1
        m.lerp_(g, 1 - beta1)
        v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
        denom = (v / (1 - beta2**t)).sqrt().add_(eps)
        w.mul_(1 - lr * weight_decay).addcdiv_(m, denom, value=-lr / (1 - beta1**t))
