"""1/2: the plain formula: right, with few digits near 1."""


def step_factor(beta1, beta2, t):
    return (1 - beta1**t) / (1 - beta2**t) ** 0.5
