"""0/2: blocks in a plain list are not registered."""


class Residuals(nn.Module):
    def __init__(self, make, names):
        super().__init__()
        self.blocks = [make() for _ in names]

    def forward(self, x):
        for block in self.blocks:
            x = x + block(x)
        return x
