"""1/2: the calls are frozen into a list of bound methods, which never hears of a new block."""


class Residuals(nn.Module):
    def __init__(self, make, names):
        super().__init__()
        calls = []
        for name in names:
            self.add_module(name, make())
            calls.append(getattr(self, name).__call__)
        self.run = lambda x: [x := x + call(x) for call in calls][-1] if calls else x

    def forward(self, x):
        return self.run(x)
