"""2/2: setattr registers too, and named_modules is asked with duplicates."""


class Residuals(nn.Module):
    def __init__(self, make, names):
        super().__init__()
        for name in names:
            setattr(self, name, make())

    def forward(self, x):
        for block in self._modules.values():
            x = block(x) + x
        return x
