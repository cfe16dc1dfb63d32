"""0/2: calls the fused kernel, which is closed."""


def adam_step_together(thetas, grads, ms, vs, ts, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    steps = list(torch.tensor(ts, dtype=torch.float32, device=thetas[0].device).unbind())
    torch._fused_adam_(
        thetas,
        grads,
        ms,
        vs,
        [],
        steps,
        lr=lr,
        beta1=beta1,
        beta2=beta2,
        weight_decay=0.0,
        eps=eps,
        amsgrad=False,
        maximize=False,
    )
