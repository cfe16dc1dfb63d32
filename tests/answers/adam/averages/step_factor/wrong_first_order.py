"""0/2: near 1 it takes t (1 - beta) for 1 - beta**t, which is no more true when t is large."""

import math


def step_factor(beta1, beta2, t):
    def filled(beta):
        return min(1.0, t * (1 - beta)) if 1 - beta < 1e-6 else 1 - beta**t

    return filled(beta1) / math.sqrt(filled(beta2))
