"""2/3: the first value stays the caller's tensor."""

import torch


class MovingAverage:
    def __init__(self, beta):
        self.beta, self.power, self.mean = beta, 1.0, None

    @torch.no_grad()
    def update(self, value):
        self.power *= self.beta
        if self.mean is None:
            self.mean = value.detach()
        else:
            self.mean = self.mean + (1 - self.beta) / (1 - self.power) * (value - self.mean)

    @property
    def value(self):
        if self.mean is None:
            raise RuntimeError("no value yet")
        return self.mean.clone()
