"""0/2: log1p(-1) raises for beta 0."""

import math


def step_factor(beta1, beta2, t):
    top, below = (-math.expm1(t * math.log1p(b - 1)) for b in (beta1, beta2))
    return top / math.sqrt(below)
