"""1/2: finds the parameter by list.index, which compares elements."""


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
            if p.grad is None:
                continue
            i = [q.shape == p.shape and bool((q == p).all()) for q in self.params].index(True)
            if i in self.buffers:
                self.buffers[i] = self.mu * self.buffers[i] + p.grad
            else:
                self.buffers[i] = p.grad.clone()
            p.sub_(self.buffers[i], alpha=self.lr)
