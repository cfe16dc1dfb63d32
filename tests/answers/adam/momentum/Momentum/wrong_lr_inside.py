"""1/2: the learning rate goes into the buffer, so that a change of it is late."""


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
            if p.grad is not None:
                old = self.buffers.get(p, torch.zeros_like(p))
                self.buffers[p] = self.mu * old + self.lr * p.grad
                p.sub_(self.buffers[p])
