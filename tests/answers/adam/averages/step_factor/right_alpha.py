"""2/2: by alpha; a zero beta is caught as an error."""

import math


def step_factor(beta1, beta2, t):
    def filled(alpha):
        try:
            return -math.expm1(t * math.log1p(-alpha))
        except ValueError:
            return 1.0

    return filled(1 - beta1) * filled(1 - beta2) ** -0.5
