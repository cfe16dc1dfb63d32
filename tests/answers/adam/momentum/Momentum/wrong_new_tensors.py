"""0/2: binds new tensors to its own list; the caller's never move."""


class Momentum:
    def __init__(self, params, lr, mu=0.9):
        self.params = list(params)
        self.lr, self.mu = lr, mu
        self.buffers = {}

    def zero_grad(self):
        for p in self.params:
            p.grad = None

    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is not None:
                self.buffers[i] = self.mu * self.buffers.get(i, 0.0) + p.grad
                self.params[i] = (p - self.lr * self.buffers[i]).detach().requires_grad_()
