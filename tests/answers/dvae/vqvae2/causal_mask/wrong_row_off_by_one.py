"""0/2: the whole of its own row is visible, future included."""


def causal_mask(kind: str, height: int, width: int) -> Tensor:
    mask = torch.zeros(height, width)
    mask[: height // 2 + 1] = 1
    if kind == "A":
        mask[height // 2, width // 2] = 0
    return mask
