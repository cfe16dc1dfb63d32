"""2/3: detaches what it returns, and keeps the graph inside."""

import torch


class MovingAverage:
    def __init__(self, beta):
        self.beta, self.t, self.m = beta, 0, 0.0

    def update(self, value):
        self.m = self.beta * self.m + (1 - self.beta) * value
        self.t += 1

    @property
    def value(self):
        if self.t == 0:
            raise RuntimeError("no value yet")
        return (self.m / (1 - self.beta**self.t)).detach()
