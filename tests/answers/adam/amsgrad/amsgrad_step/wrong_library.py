"""1/3: hands torch's form to torch.optim; the paper's is its own."""


def amsgrad_step(theta, g, m, v, v_max, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, paper=False):
    if paper:
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        v_max = torch.maximum(v_max, v)
        return theta - lr * m / (v_max.sqrt() + eps), m, v, v_max
    p = torch.nn.Parameter(theta.clone())
    optimizer = torch.optim.Adam([p], lr=lr, betas=(beta1, beta2), eps=eps, amsgrad=True)
    optimizer.state[p] = {
        "step": torch.tensor(float(t - 1)),
        "exp_avg": m.clone(),
        "exp_avg_sq": v.clone(),
        "max_exp_avg_sq": v_max.clone(),
    }
    p.grad = g
    optimizer.step()
    s = optimizer.state[p]
    return p.detach(), s["exp_avg"], s["exp_avg_sq"], s["max_exp_avg_sq"]
