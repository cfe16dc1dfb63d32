"""0/3: without the correction."""

import torch


class MovingAverage:
    def __init__(self, beta):
        self.beta, self.m = beta, None

    @torch.no_grad()
    def update(self, value):
        if self.m is None:
            self.m = torch.zeros_like(value)
        self.m = self.beta * self.m + (1 - self.beta) * value

    @property
    def value(self):
        if self.m is None:
            raise RuntimeError("no value yet")
        return self.m.clone()
