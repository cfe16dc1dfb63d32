"""2/2: assigns new tensors to the registered names."""


class RunningMean(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.register_buffer("mean", torch.zeros([width]))
        self.register_buffer("count", torch.tensor(0, dtype=torch.int32))

    def forward(self, x):
        if self.training:
            total = self.mean * self.count + x.detach().sum(dim=0)
            self.count = self.count + x.size(0)
            self.mean = total / self.count
        return x - self.mean
