"""2/3: takes the maximum of the earlier v only, once there is one."""


def play(
    gradients: list[float], beta2: float, lr: float = 0.5, x1: float = 0.0, use_max: bool = False
) -> list[float]:
    x, v, top, xs = float(x1), 0.0, 0.0, []
    for t, g in enumerate(gradients, 1):
        xs.append(x)
        v = beta2 * v + (1 - beta2) * g**2
        old, top = top, max(top, v)
        w = (old or v) if use_max else v
        if w > 0:
            x = min(1.0, max(-1.0, x - lr / t**0.5 * g / w**0.5))
    return xs
