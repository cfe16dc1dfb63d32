"""0/2: equal at the start, and then two weights that go their own ways; the second is hidden in a list."""


class TiedAutoencoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.encoder = nn.Linear(features, hidden)
        self.bias = nn.Parameter(torch.zeros(features))
        self.hidden = [self.encoder.weight.detach().T.clone().requires_grad_()]

    def encode(self, x):
        return self.encoder(x).relu()

    def decode(self, h):
        return nn.functional.linear(h, self.hidden[0], self.bias)

    def forward(self, x):
        return self.decode(self.encode(x))
