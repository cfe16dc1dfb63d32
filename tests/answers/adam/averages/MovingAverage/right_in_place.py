"""3/3: an own buffer, changed in place."""

import torch


class MovingAverage:
    def __init__(self, beta):
        self.beta, self.t, self.buffer = beta, 0, None

    def update(self, value):
        value = value.detach()
        if self.buffer is None:
            self.buffer = torch.zeros_like(value)
        self.buffer.mul_(self.beta).add_(value, alpha=1 - self.beta)
        self.t += 1

    @property
    def value(self):
        if self.t == 0:
            raise RuntimeError("nothing to average")
        return self.buffer / (1 - self.beta**self.t)
