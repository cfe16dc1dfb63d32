"""0/2: lets torch.optim.SGD take the step."""


def momentum_step(p, g, buf, lr, mu=0.9, dampening=0.0, nesterov=False):
    q = p.clone().requires_grad_()
    q.grad = g.clone()
    opt = torch.optim.SGD([q], lr=lr, momentum=mu, dampening=dampening, nesterov=nesterov)
    if buf is not None:
        opt.state[q]["momentum_buffer"] = buf.clone()
    opt.step()
    return q.detach(), opt.state[q]["momentum_buffer"].clone()
