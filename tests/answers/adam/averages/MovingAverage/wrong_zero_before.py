"""1/3: an average of nothing is 0."""

import torch


class MovingAverage:
    def __init__(self, beta):
        self.beta, self.t, self.m = beta, 0, torch.zeros(())

    @torch.no_grad()
    def update(self, value):
        self.m = self.beta * self.m + (1 - self.beta) * value
        self.t += 1

    @property
    def value(self):
        return self.m / (1 - self.beta**self.t) if self.t else self.m.clone()
