"""3/3: writes through detach(), which raises the version all the same."""


class AdaMax(torch.optim.Optimizer):
    def __init__(self, params, lr=2e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps))

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
                state = self.state[p]
                if len(state) == 0:
                    state["step"] = torch.tensor(0.0)
                    state["m"] = torch.zeros_like(p)
                    state["u"] = torch.zeros_like(p)
                state["step"] += 1
                t, m, u = state["step"].item(), state["m"], state["u"]
                g, w = p.grad.detach(), p.detach()
                m.copy_(beta1 * m + (1 - beta1) * g)
                u.copy_(torch.stack([beta2 * u, g.abs() + group["eps"]]).amax(0))
                w.addcdiv_(m, u, value=-group["lr"] / (1 - beta1**t))
        return loss
