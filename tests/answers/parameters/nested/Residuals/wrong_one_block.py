"""0/2: calls make() once and puts the same block everywhere."""


class Residuals(nn.Module):
    def __init__(self, make, names):
        super().__init__()
        self.order = list(names)
        block = make() if names else None
        for name in names:
            self.add_module(name, block)

    def forward(self, x):
        for name in self.order:
            x = x + getattr(self, name)(x)
        return x
