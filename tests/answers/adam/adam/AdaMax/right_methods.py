"""3/3: one method per thing to do, grad mode switched by set_grad_enabled."""


class AdaMax(torch.optim.Optimizer):
    def __init__(self, params, lr=2e-3, betas=(0.9, 0.999), eps=1e-8):
        if not lr >= 0:
            raise ValueError(f"Invalid learning rate: {lr}")
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps})

    def new_state(self, p):
        return {"count": 0, "mean": torch.zeros_like(p), "norm": torch.zeros_like(p)}

    def update(self, p, g, state, lr, betas, eps):
        state["count"] += 1
        state["mean"] = betas[0] * state["mean"] + (1 - betas[0]) * g
        old = betas[1] * state["norm"]
        new = g.abs() + eps
        state["norm"] = torch.where(old > new, old, new)
        size = lr / (1 - betas[0] ** state["count"])
        p -= size * state["mean"] / state["norm"]

    def step(self, closure=None):
        with torch.set_grad_enabled(closure is not None):
            loss = closure() if closure else None
        with torch.no_grad():
            for group in self.param_groups:
                settings = {key: group[key] for key in ("lr", "betas", "eps")}
                for p in group["params"]:
                    if p.grad is not None:
                        if p not in self.state:
                            self.state[p] = self.new_state(p)
                        self.update(p, p.grad, self.state[p], **settings)
        return loss
