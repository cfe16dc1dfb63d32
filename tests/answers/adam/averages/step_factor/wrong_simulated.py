"""0/2: runs both averages for t steps, which nobody can wait for, and stops after a million."""


def step_factor(beta1, beta2, t):
    m = v = 0.0
    for _ in range(min(t, 1_000_000)):
        m = beta1 * m + (1 - beta1)
        v = beta2 * v + (1 - beta2)
    return m / v**0.5
