"""2/2: three bare parameters and matrix products."""


class TiedAutoencoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.W = nn.Parameter(torch.randn(hidden, features) / features**0.5)
        self.b = nn.Parameter(torch.zeros(hidden))
        self.c = nn.Parameter(torch.zeros(features))

    def encode(self, x):
        return torch.relu(x @ self.W.T + self.b)

    def decode(self, h):
        return h @ self.W + self.c

    def forward(self, x):
        return self.decode(self.encode(x))
