"""1/3: all averages share one state, kept in the class."""

import torch


class MovingAverage:
    t, m = 0, None

    def __init__(self, beta):
        self.beta = beta
        MovingAverage.t, MovingAverage.m = 0, None

    @torch.no_grad()
    def update(self, value):
        m = 0.0 if self.m is None else self.m
        MovingAverage.m = self.beta * m + (1 - self.beta) * value
        MovingAverage.t += 1

    @property
    def value(self):
        if self.m is None:
            raise RuntimeError("no value yet")
        return self.m / (1 - self.beta**self.t)
