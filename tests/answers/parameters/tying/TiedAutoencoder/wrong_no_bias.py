"""0/2: forgets the decoder's bias."""


class TiedAutoencoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.encoder = nn.Linear(features, hidden)

    def encode(self, x):
        return self.encoder(x).relu()

    def decode(self, h):
        return h @ self.encoder.weight

    def forward(self, x):
        return self.decode(self.encode(x))
