"""0/2: lets torch's multi-tensor Adam do it, which is closed."""


def adam_step_together(thetas, grads, ms, vs, ts, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    params = [torch.nn.Parameter(theta) for theta in thetas]
    optimizer = torch.optim.Adam(params, lr=lr, betas=(beta1, beta2), eps=eps, foreach=True)
    for p, g, m, v, t in zip(params, grads, ms, vs, ts):
        p.grad = g
        optimizer.state[p] = {"step": torch.tensor(t - 1.0), "exp_avg": m, "exp_avg_sq": v}
    optimizer.step()
