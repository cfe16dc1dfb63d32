"""0/2: wraps torch.optim.SGD, which is closed."""


class Momentum:
    def __init__(self, params, lr, mu=0.9):
        self.inner = torch.optim.SGD(list(params), lr=lr, momentum=mu)
        self.lr = lr

    def step(self):
        self.inner.param_groups[0]["lr"] = self.lr
        self.inner.step()

    def zero_grad(self):
        self.inner.zero_grad()
