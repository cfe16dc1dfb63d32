"""2/2: two loops and a comparison of pairs."""


def causal_mask(kind: str, height: int, width: int) -> Tensor:
    centre = (height // 2, width // 2)
    mask = torch.empty(height, width)
    for r in range(height):
        for c in range(width):
            mask[r, c] = float((r, c) < centre or (kind == "B" and (r, c) == centre))
    return mask
