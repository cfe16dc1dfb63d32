"""0/3: t goes up when the value is read."""

import torch


class MovingAverage:
    def __init__(self, beta):
        self.beta, self.t, self.m = beta, 0, None

    @torch.no_grad()
    def update(self, value):
        m = 0.0 if self.m is None else self.m
        self.m = self.beta * m + (1 - self.beta) * value

    @property
    def value(self):
        if self.m is None:
            raise RuntimeError("no value yet")
        self.t += 1
        return self.m / (1 - self.beta**self.t)
