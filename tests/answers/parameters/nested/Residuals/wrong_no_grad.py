"""1/2: the values are right, and no gradient comes back."""


class Residuals(nn.Module):
    def __init__(self, make, names):
        super().__init__()
        self.order = list(names)
        for name in names:
            self.add_module(name, make())

    def forward(self, x):
        for name in self.order:
            x = x + getattr(self, name)(x).detach()
        return x
