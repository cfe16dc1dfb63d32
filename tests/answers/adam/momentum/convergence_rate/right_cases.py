"""2/2: treats real and complex roots as two cases."""

import math


def convergence_rate(lr, mu, curvatures, nesterov=False):
    rates = []
    for lam in curvatures.tolist():
        a = 1 - lr * lam
        s, q = ((1 + mu) * a, mu * a) if nesterov else (mu + a, mu)
        d = s * s - 4 * q
        rates.append(math.sqrt(q) if d < 0 else (abs(s) + math.sqrt(d)) / 2)
    return max(rates)
