"""1/2: the first buffer is .grad itself: the next gradient is counted in, or wiped out."""


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
            if p in self.buffers:
                self.buffers[p].mul_(self.mu).add_(p.grad)
            else:
                self.buffers[p] = p.grad
            p.sub_(self.buffers[p], alpha=self.lr)
