"""0/2: the mean of the batches' means: a batch of one row counts as much as one of three."""


class RunningMean(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("count", torch.tensor(0))

    def forward(self, x):
        if self.training:
            self.count += 1
            self.mean += (x.detach().mean(0) - self.mean) / self.count
        return x - self.mean
