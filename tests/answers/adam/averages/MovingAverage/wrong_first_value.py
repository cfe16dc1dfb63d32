"""0/3: starts at the first value instead of correcting; also right for a constant."""

import torch


class MovingAverage:
    def __init__(self, beta):
        self.beta, self.m = beta, None

    @torch.no_grad()
    def update(self, value):
        old = value if self.m is None else self.m
        self.m = self.beta * old + (1 - self.beta) * value

    @property
    def value(self):
        if self.m is None:
            raise RuntimeError("no value yet")
        return self.m.clone()
