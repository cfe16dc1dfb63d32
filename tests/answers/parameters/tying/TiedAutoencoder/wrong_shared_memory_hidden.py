"""0/2: a second tensor over the same memory, hidden in a list: right values, half of the gradient, and nothing moves it."""


class TiedAutoencoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.encoder = nn.Linear(features, hidden)
        self.bias = nn.Parameter(torch.zeros(features))
        self.hidden = [self.encoder.weight.detach().T.requires_grad_()]

    def encode(self, x):
        return self.encoder(x).relu()

    def decode(self, h):
        return nn.functional.linear(h, self.hidden[0], self.bias)

    def forward(self, x):
        return self.decode(self.encode(x))
