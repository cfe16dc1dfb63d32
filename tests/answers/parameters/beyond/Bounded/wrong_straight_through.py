"""1/2: clips, and lies about the gradient."""


class Bounded(nn.Module):
    def __init__(self, low, high):
        super().__init__()
        self.low, self.high = low, high

    def forward(self, X):
        return X + (X.clamp(self.low, self.high) - X).detach()

    def right_inverse(self, W):
        if not ((W > self.low) & (W < self.high)).all():
            raise ValueError("outside")
        return W
