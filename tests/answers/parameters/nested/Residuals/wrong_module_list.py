"""0/2: a ModuleList adds a level to every path, and knows no names."""


class Residuals(nn.Module):
    def __init__(self, make, names):
        super().__init__()
        self.blocks = nn.ModuleList(make() for _ in names)

    def forward(self, x):
        for block in self.blocks:
            x = x + block(x)
        return x
