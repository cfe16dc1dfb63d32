"""1/2: clips a value outside silently."""


class Bounded(nn.Module):
    def __init__(self, low, high):
        super().__init__()
        self.low, self.high = low, high

    def forward(self, X):
        return self.low + (self.high - self.low) * torch.sigmoid(X)

    def right_inverse(self, W):
        W = W.clamp(self.low + 1e-6, self.high - 1e-6)
        return torch.logit((W - self.low) / (self.high - self.low))
