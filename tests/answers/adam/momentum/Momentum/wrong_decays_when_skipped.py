"""1/2: does not move a parameter without gradient, and lets its buffer fade."""


class Momentum:
    def __init__(self, params, lr, mu=0.9):
        self.params = list(params)
        self.lr, self.mu = lr, mu
        self.buffers = {}

    def zero_grad(self):
        for p in self.params:
            p.grad = None

    @torch.no_grad()
    def step(self):
        for p in self.params:
            buf = self.buffers.setdefault(p, torch.zeros_like(p)).mul_(self.mu)
            if p.grad is not None:
                p.sub_(self.lr * buf.add_(p.grad))
