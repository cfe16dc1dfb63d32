"""0/2: lets torch.optim.RMSprop take the step."""


def rmsprop_tf_step(p, g, state, lr, alpha=0.9, eps=1e-10, momentum=0.0):
    q = p.detach().clone().requires_grad_()
    q.grad = g
    opt = torch.optim.RMSprop([q], lr=lr, alpha=alpha, eps=eps, momentum=momentum)
    opt.step()
    with torch.no_grad():
        p.copy_(q)
    state.setdefault("v", torch.ones_like(q))
    state.setdefault("buf", torch.zeros_like(q))
