"""0/2: one buffer for all parameters."""


class Momentum:
    def __init__(self, params, lr, mu=0.9):
        self.params = list(params)
        self.lr, self.mu = lr, mu
        self.buffers = 0.0

    def zero_grad(self):
        for p in self.params:
            p.grad = None

    @torch.no_grad()
    def step(self):
        for p in self.params:
            if p.grad is not None:
                self.buffers = self.mu * self.buffers + p.grad
                p -= self.lr * self.buffers
