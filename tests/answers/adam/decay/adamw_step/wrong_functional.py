"""0/3: calls the function behind torch.optim.AdamW."""


def adamw_step(p, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=1e-2):
    from torch.optim.adamw import adamw

    if p.grad is None:
        return
    if not state:
        state.update(t=torch.tensor(0.0), m=torch.zeros_like(p), v=torch.zeros_like(p))
    with torch.no_grad():
        adamw(
            [p],
            [p.grad],
            [state["m"]],
            [state["v"]],
            [],
            [state["t"]],
            amsgrad=False,
            beta1=beta1,
            beta2=beta2,
            lr=lr,
            weight_decay=weight_decay,
            eps=eps,
            maximize=False,
        )
