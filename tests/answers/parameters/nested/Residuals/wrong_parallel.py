"""0/2: every block sees the first x."""


class Residuals(nn.Module):
    def __init__(self, make, names):
        super().__init__()
        self.order = list(names)
        for name in names:
            self.add_module(name, make())

    def forward(self, x):
        return x + sum(getattr(self, name)(x) for name in self.order)
