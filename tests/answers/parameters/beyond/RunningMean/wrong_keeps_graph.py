"""1/2: no detach: the mean drags every batch along."""


class RunningMean(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("count", torch.tensor(0))

    def forward(self, x):
        if self.training:
            self.count = self.count + len(x)
            self.mean = self.mean + (x - self.mean).sum(0) / self.count
        return x - self.mean
