"""0/2: a ModuleDict adds a level to every path."""


class Residuals(nn.Module):
    def __init__(self, make, names):
        super().__init__()
        self.blocks = nn.ModuleDict({name: make() for name in names})

    def forward(self, x):
        for block in self.blocks.values():
            x = x + block(x)
        return x
