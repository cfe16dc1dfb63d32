"""1/2: keeps every row it has seen, and saves them."""


class RunningMean(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("count", torch.tensor(0))
        self.register_buffer("rows", torch.zeros(0, width))

    def forward(self, x):
        if self.training:
            self.rows = torch.cat([self.rows.to(x), x.detach()])
            self.mean = self.rows.mean(0)
            self.count = torch.tensor(len(self.rows)).to(x.device)
        return x - self.mean
