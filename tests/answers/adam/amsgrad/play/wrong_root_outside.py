"""0/3: divides by v, not by its root."""


def play(
    gradients: list[float], beta2: float, lr: float = 0.5, x1: float = 0.0, use_max: bool = False
) -> list[float]:
    x, v, top, xs = float(x1), 0.0, 0.0, []
    for t, g in enumerate(gradients, 1):
        xs.append(x)
        v = beta2 * v + (1 - beta2) * g**2
        top = max(top, v)
        w = top if use_max else v
        if w > 0:
            x = min(1.0, max(-1.0, x - lr / t**0.5 * g / w))
    return xs
