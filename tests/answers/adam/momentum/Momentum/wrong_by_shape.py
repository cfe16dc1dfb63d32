"""0/2: files the buffers by shape: parameters that look alike share one."""


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
            if p.shape in self.buffers:
                self.buffers[p.shape].mul_(self.mu).add_(p.grad)
            else:
                self.buffers[p.shape] = p.grad.clone()
            p.sub_(self.buffers[p.shape], alpha=self.lr)
