"""2/2: with tanh, slow enough for gradients at 8."""


class Bounded(nn.Module):
    def __init__(self, low, high):
        super().__init__()
        self.low, self.high = low, high

    def forward(self, X):
        return (self.low + self.high) / 2 + (self.high - self.low) / 2 * torch.tanh(X / 4)

    def right_inverse(self, W):
        u = (2 * W - self.low - self.high) / (self.high - self.low)
        if not bool((u.abs() < 1).all()):
            raise ValueError(f"not strictly between {self.low} and {self.high}")
        return 4 * torch.atanh(u)
