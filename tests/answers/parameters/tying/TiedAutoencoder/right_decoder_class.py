"""2/2: a property makes the transpose anew each time."""


class TiedAutoencoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.enc = nn.Linear(features, hidden)
        self.register_parameter("out_bias", nn.Parameter(torch.rand(features)))

    @property
    def transposed(self):
        return self.enc.weight.t()

    def encode(self, x):
        return nn.functional.relu(self.enc(x))

    def decode(self, h):
        return nn.functional.linear(h, self.transposed) + self.out_bias

    def forward(self, x):
        return self.decode(self.encode(x))
