"""0/2: A and B the wrong way round."""


def causal_mask(kind: str, height: int, width: int) -> Tensor:
    last = (height // 2) * width + width // 2 + (kind == "A")
    return (torch.arange(height * width) < last).float().view(height, width)
