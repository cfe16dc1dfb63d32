"""2/3: switches gradients off for everybody."""

import torch


class MovingAverage:
    def __init__(self, beta):
        self.beta, self.t, self.m = beta, 0, None

    def update(self, value):
        torch.set_grad_enabled(False)
        m = 0.0 if self.m is None else self.m
        self.m = self.beta * m + (1 - self.beta) * value
        self.t += 1

    @property
    def value(self):
        if self.m is None:
            raise RuntimeError("no value yet")
        return self.m / (1 - self.beta**self.t)
