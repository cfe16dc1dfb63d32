"""3/3: a sum of values over a sum of weights."""

import torch


class MovingAverage:
    def __init__(self, beta):
        self.beta = beta
        self.total = 0
        self.weight = 0.0

    def update(self, value):
        with torch.no_grad():
            self.total = self.total * self.beta + value
        self.weight = self.weight * self.beta + 1

    @property
    def value(self):
        if not self.weight:
            raise RuntimeError("nothing to average")
        return self.total / self.weight
