"""2/2: one row after another."""


class RunningMean(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("count", torch.tensor(0))

    def forward(self, x):
        if self.training:
            for row in x.detach():
                self.count += 1
                self.mean += (row - self.mean) / self.count
        return x - self.mean
