"""2/3: hides the values in a list of the module."""

import torch


HISTORY = {}


class MovingAverage:
    def __init__(self, beta):
        self.beta = beta
        HISTORY[id(self)] = []

    def update(self, value):
        HISTORY[id(self)].append(value.detach().clone())

    @property
    def value(self):
        if not HISTORY[id(self)]:
            raise RuntimeError("no value yet")
        total, weight = 0.0, 0.0
        for g in HISTORY[id(self)]:
            total, weight = self.beta * total + g, self.beta * weight + 1
        return total / weight
