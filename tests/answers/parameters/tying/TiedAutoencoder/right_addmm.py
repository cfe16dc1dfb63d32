"""2/2: addmm in both directions, and an initialiser of its own."""


class TiedAutoencoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.c = nn.Parameter(torch.zeros(features))
        self.b = nn.Parameter(torch.zeros(hidden))
        self.W = nn.init.xavier_uniform_(nn.Parameter(torch.empty(hidden, features)))

    def encode(self, x):
        return torch.addmm(self.b, x, self.W.mT).clamp(min=0)

    def decode(self, h):
        return torch.addmm(self.c, h, self.W)

    def forward(self, x):
        return self.decode(self.encode(x))
