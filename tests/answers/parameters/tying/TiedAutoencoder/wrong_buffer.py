"""0/2: the transposed weight as a buffer: no gradient, and saved twice."""


class TiedAutoencoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.encoder = nn.Linear(features, hidden)
        self.bias = nn.Parameter(torch.zeros(features))
        self.register_buffer("transposed", self.encoder.weight.detach().T)

    def encode(self, x):
        return self.encoder(x).relu()

    def decode(self, h):
        return nn.functional.linear(h, self.transposed, self.bias)

    def forward(self, x):
        return self.decode(self.encode(x))
