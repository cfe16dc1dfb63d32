"""2/2: the log of the odds, written out."""


class Bounded(nn.Module):
    def __init__(self, low, high):
        super().__init__()
        self.low, self.high = low, high

    def forward(self, X):
        return torch.lerp(torch.full_like(X, self.low), torch.full_like(X, self.high), X.sigmoid())

    def right_inverse(self, W):
        inside = torch.logical_and(torch.gt(W, self.low), torch.lt(W, self.high))
        if int(inside.sum()) != W.numel():
            raise ValueError("outside the interval")
        return torch.log(W - self.low) - torch.log(self.high - W)
