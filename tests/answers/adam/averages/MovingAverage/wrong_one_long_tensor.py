"""2/3: keeps all values in one tensor, which grows."""

import torch


class MovingAverage:
    def __init__(self, beta):
        self.beta, self.values = beta, None

    def update(self, value):
        new = value.detach().clone()[None]
        self.values = new if self.values is None else torch.cat([self.values, new])

    @property
    def value(self):
        if self.values is None:
            raise RuntimeError("no value yet")
        total, weight = torch.zeros_like(self.values[0]), 0.0
        for g in self.values:
            total, weight = self.beta * total + g, self.beta * weight + 1
        return total / weight
