"""1/2: the decoder uses a detached weight: only the encoder contributes to the gradient. That it stays tied is true."""


class TiedAutoencoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.encoder = nn.Linear(features, hidden)
        self.bias = nn.Parameter(torch.zeros(features))

    def encode(self, x):
        return self.encoder(x).relu()

    def decode(self, h):
        return nn.functional.linear(h, self.encoder.weight.T.detach(), self.bias)

    def forward(self, x):
        return self.decode(self.encode(x))
