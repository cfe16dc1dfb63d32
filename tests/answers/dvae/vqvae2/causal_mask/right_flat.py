"""2/2: in reading order, the positions below the centre's number."""


def causal_mask(kind: str, height: int, width: int) -> Tensor:
    last = (height // 2) * width + width // 2 + (kind == "B")
    return (torch.arange(height * width) < last).float().view(height, width)
