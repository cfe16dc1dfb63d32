"""1/2: the buffers move but are not saved."""


class RunningMean(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.register_buffer("mean", torch.zeros(width), persistent=False)
        self.register_buffer("count", torch.tensor(0), persistent=False)

    def forward(self, x):
        if self.training:
            self.count += len(x)
            self.mean += (x.detach() - self.mean).sum(0) / self.count
        return x - self.mean
