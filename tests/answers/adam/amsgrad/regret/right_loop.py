"""2/2: a running loop in Python's numbers."""


def regret(xs: Tensor, gradients: Tensor) -> Tensor:
    out, paid, total = [], 0.0, 0.0
    for x, g in zip(xs.tolist(), gradients.tolist()):
        paid += x * g
        total += g
        out.append(paid - min(total, -total))
    return torch.tensor(out, dtype=xs.dtype, device=xs.device)
