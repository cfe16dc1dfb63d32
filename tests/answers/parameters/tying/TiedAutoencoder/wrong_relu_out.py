"""1/2: a ReLU behind the decoder too. The second cell has nothing negative in it."""


class TiedAutoencoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.encoder = nn.Linear(features, hidden)
        self.bias = nn.Parameter(torch.zeros(features))

    def encode(self, x):
        return self.encoder(x).relu()

    def decode(self, h):
        return nn.functional.linear(h, self.encoder.weight.T, self.bias).relu()

    def forward(self, x):
        return self.decode(self.encode(x))
