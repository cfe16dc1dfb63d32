"""2/2: keeps one entry per parameter in a list, None before its first gradient."""


class Momentum:
    def __init__(self, params, lr, mu=0.9):
        self.params = list(params)
        self.lr, self.mu = lr, mu
        self.buffers = [None] * len(self.params)

    def zero_grad(self):
        for p in self.params:
            p.grad = None

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is not None:
                    old = self.buffers[i]
                    new = p.grad + 0 if old is None else self.mu * old + p.grad
                    self.buffers[i] = new
                    p -= self.lr * new
