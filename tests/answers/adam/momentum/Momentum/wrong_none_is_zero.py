"""1/2: a missing gradient counts as zero: the parameter rolls on."""


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
            g = torch.zeros_like(p) if p.grad is None else p.grad
            self.buffers[p] = self.mu * self.buffers.get(p, torch.zeros_like(p)) + g
            p.sub_(self.lr * self.buffers[p])
