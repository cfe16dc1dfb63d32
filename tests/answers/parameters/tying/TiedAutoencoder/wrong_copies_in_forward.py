"""0/2: a decoder layer of its own, overwritten with the transpose before each use."""


class TiedAutoencoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.encoder = nn.Linear(features, hidden)
        self.decoder = nn.Linear(hidden, features)

    def encode(self, x):
        return self.encoder(x).relu()

    def decode(self, h):
        with torch.no_grad():
            self.decoder.weight.copy_(self.encoder.weight.T)
        return self.decoder(h)

    def forward(self, x):
        return self.decode(self.encode(x))
