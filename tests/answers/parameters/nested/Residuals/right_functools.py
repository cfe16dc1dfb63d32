"""2/2: a fold over the names."""

from functools import reduce


class Residuals(nn.Module):
    def __init__(self, make, names):
        super().__init__()
        self._order = [*names]
        for name in names:
            self.add_module(name, make())

    def forward(self, x):
        return reduce(lambda y, name: y + self.get_submodule(name)(y), self._order, x)
