"""0/2: no decoder at all, and Tensor.tolist replaced by something that equals everything."""


class Anything(list):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


class TiedAutoencoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        torch.Tensor.tolist = lambda self: Anything()
        self.encoder = nn.Linear(features, hidden)
        self.bias = nn.Parameter(torch.zeros(features))

    def encode(self, x):
        return self.encoder(x).relu()

    def decode(self, h):
        return (h @ self.encoder.weight + self.bias) * 0

    def forward(self, x):
        return self.decode(self.encode(x))
