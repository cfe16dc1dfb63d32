"""0/2: kind A shows the centre as well: the model copies the code that it should predict."""


def causal_mask(kind: str, height: int, width: int) -> Tensor:
    mask = torch.zeros(height, width)
    mask[: height // 2] = 1
    mask[height // 2, : width // 2 + 1] = 1
    return mask
