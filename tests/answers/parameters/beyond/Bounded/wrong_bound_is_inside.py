"""1/2: accepts the bounds themselves, and stores infinity."""


class Bounded(nn.Module):
    def __init__(self, low, high):
        super().__init__()
        self.low, self.high = low, high

    def forward(self, X):
        return self.low + (self.high - self.low) * torch.sigmoid(X)

    def right_inverse(self, W):
        if not ((W >= self.low) & (W <= self.high)).all():
            raise ValueError("outside")
        return torch.logit((W - self.low) / (self.high - self.low))
