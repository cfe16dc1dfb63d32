"""3/3: keeps the corrected average itself, with a falling rate."""

import torch


class MovingAverage:
    __slots__ = ("beta", "mean", "power")

    def __init__(self, beta):
        self.beta = beta
        self.power = 1.0
        self.mean = None

    def update(self, value):
        value = value.detach().clone()
        self.power *= self.beta
        if self.mean is None:
            self.mean = value
        else:
            rate = (1 - self.beta) / (1 - self.power)
            self.mean = self.mean + rate * (value - self.mean)

    @property
    def value(self):
        if self.mean is None:
            raise RuntimeError("nothing to average")
        return self.mean.clone()
