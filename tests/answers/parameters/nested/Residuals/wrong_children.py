"""1/2: children() yields a block that stands under two names once."""


class Residuals(nn.Module):
    def __init__(self, make, names):
        super().__init__()
        for name in names:
            self.add_module(name, make())

    def forward(self, x):
        for block in self.children():
            x = x + block(x)
        return x
