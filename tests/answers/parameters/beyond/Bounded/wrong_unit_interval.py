"""0/2: always between 0 and 1."""


class Bounded(nn.Module):
    def __init__(self, low, high):
        super().__init__()
        self.low, self.high = low, high

    def forward(self, X):
        return torch.sigmoid(X)

    def right_inverse(self, W):
        if not ((W > self.low) & (W < self.high)).all():
            raise ValueError("outside")
        return torch.logit(W)
