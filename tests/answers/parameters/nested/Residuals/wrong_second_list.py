"""1/2: registers, and runs a list of its own: blocks that are replaced go on running."""


class Residuals(nn.Module):
    def __init__(self, make, names):
        super().__init__()
        self.blocks = [make() for _ in names]
        for name, block in zip(names, self.blocks):
            self.add_module(name, block)

    def forward(self, x):
        for block in self.blocks:
            x = x + block(x)
        return x
