"""1/2: takes any value; logit answers with NaN."""


class Bounded(nn.Module):
    def __init__(self, low, high):
        super().__init__()
        self.low, self.high = low, high

    def forward(self, X):
        return self.low + (self.high - self.low) * torch.sigmoid(X)

    def right_inverse(self, W):
        return torch.logit((W - self.low) / (self.high - self.low))
