"""2/3: keeps m and u outside self.state, so that a checkpoint loses them."""


class AdaMax(torch.optim.Optimizer):
    def __init__(self, params, lr=2e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps))
        self.memory = {}

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.memory.setdefault(p, {})
                if len(state) == 0:
                    state["step"] = torch.tensor(0.0)
                    state["m"] = torch.zeros_like(p)
                    state["u"] = torch.zeros_like(p)
                state["step"] += 1
                t, m, u = state["step"].item(), state["m"], state["u"]
                m.lerp_(p.grad, 1 - beta1)
                u.mul_(beta2).copy_(torch.maximum(u, p.grad.abs() + group["eps"]))
                p.sub_(group["lr"] / (1 - beta1**t) * m / u)
        return loss
