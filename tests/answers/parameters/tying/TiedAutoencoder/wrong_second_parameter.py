"""0/2: nn.Parameter(weight.T): one memory, two parameters."""


class TiedAutoencoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.encoder = nn.Linear(features, hidden)
        self.decoder = nn.Linear(hidden, features)
        self.decoder.weight = nn.Parameter(self.encoder.weight.T)

    def encode(self, x):
        return self.encoder(x).relu()

    def decode(self, h):
        return self.decoder(h)

    def forward(self, x):
        return self.decode(self.encode(x))
