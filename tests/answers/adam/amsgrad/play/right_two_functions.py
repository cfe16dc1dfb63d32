"""3/3: first all the v, then all the choices."""


def averages(gradients, beta2):
    v = 0.0
    for g in gradients:
        v += (1 - beta2) * (g * g - v)
        yield v


def play(
    gradients: list[float], beta2: float, lr: float = 0.5, x1: float = 0.0, use_max: bool = False
) -> list[float]:
    xs, x, largest = [], x1, 0.0
    for t, (g, v) in enumerate(zip(gradients, averages(gradients, beta2)), start=1):
        xs.append(float(x))
        largest = max(largest, v)
        w = largest if use_max else v
        step = lr * g / (t * w) ** 0.5 if w else 0.0
        x = sorted([-1.0, x - step, 1.0])[1]
    return xs
