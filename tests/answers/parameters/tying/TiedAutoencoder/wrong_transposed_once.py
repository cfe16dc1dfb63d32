"""1/2: transposes in __init__: a plain attribute, which no conversion and no copy reaches."""


class TiedAutoencoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.encoder = nn.Linear(features, hidden)
        self.bias = nn.Parameter(torch.zeros(features))
        self.transposed = self.encoder.weight.T

    def encode(self, x):
        return self.encoder(x).relu()

    def decode(self, h):
        return nn.functional.linear(h, self.transposed, self.bias)

    def forward(self, x):
        return self.decode(self.encode(x))
