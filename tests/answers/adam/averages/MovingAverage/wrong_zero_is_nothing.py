"""1/3: asks the average's value whether this is the first update."""

import torch


class MovingAverage:
    def __init__(self, beta):
        self.beta, self.t, self.m = beta, 0, None

    @torch.no_grad()
    def update(self, value):
        if self.m is None or not self.m.any():
            self.m, self.t = torch.zeros_like(value), 0
        self.m = self.beta * self.m + (1 - self.beta) * value
        self.t += 1

    @property
    def value(self):
        if self.m is None:
            raise RuntimeError("no value yet")
        return self.m / (1 - self.beta**self.t)
