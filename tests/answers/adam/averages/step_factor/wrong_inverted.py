"""0/2: what the correction multiplies by, not what its absence does."""

import math


def step_factor(beta1, beta2, t):
    def filled(beta):
        return -math.expm1(t * math.log1p(beta - 1)) if beta else 1.0

    return math.sqrt(filled(beta2)) / filled(beta1)
