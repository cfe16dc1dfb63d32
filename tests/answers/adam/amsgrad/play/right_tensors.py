"""3/3: computes with 0-dim tensors and returns floats."""


def play(
    gradients: list[float], beta2: float, lr: float = 0.5, x1: float = 0.0, use_max: bool = False
) -> list[float]:
    x, v = torch.tensor(x1, dtype=torch.float64), torch.zeros((), dtype=torch.float64)
    seen, xs = [], []
    for k in range(len(gradients)):
        xs.append(float(x))
        v = v.mul(beta2) + (1 - beta2) * gradients[k] ** 2
        seen.append(v)
        w = torch.stack(seen).max() if use_max else v
        if w.item() == 0:
            continue
        x = (x - lr * (k + 1) ** -0.5 * gradients[k] / w.sqrt()).clamp(-1, 1)
    return xs
