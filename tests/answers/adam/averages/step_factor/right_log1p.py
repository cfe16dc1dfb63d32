"""2/2: log1p of beta - 1, a difference that loses nothing."""

import math


def step_factor(beta1, beta2, t):
    def filled(beta):
        return -math.expm1(t * math.log1p(beta - 1)) if beta else 1.0

    return filled(beta1) / math.sqrt(filled(beta2))
