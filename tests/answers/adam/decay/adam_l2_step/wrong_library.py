"""0/2: lets torch.optim.Adam take the step."""


def adam_l2_step(theta, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.0):
    p = torch.nn.Parameter(theta.clone())
    p.grad = g.clone()
    options = {"lr": lr, "betas": (beta1, beta2), "eps": eps, "weight_decay": weight_decay}
    optimizer = torch.optim.Adam([p], **options)
    step = torch.tensor(float(t - 1))
    optimizer.state[p] = {"step": step, "exp_avg": m.clone(), "exp_avg_sq": v.clone()}
    optimizer.step()
    return p.detach(), optimizer.state[p]["exp_avg"], optimizer.state[p]["exp_avg_sq"]
