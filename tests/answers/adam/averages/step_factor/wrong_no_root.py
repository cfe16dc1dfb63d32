"""0/2: without the root."""

import math


def step_factor(beta1, beta2, t):
    def filled(beta):
        return -math.expm1(t * math.log1p(beta - 1)) if beta else 1.0

    return filled(beta1) / filled(beta2)
