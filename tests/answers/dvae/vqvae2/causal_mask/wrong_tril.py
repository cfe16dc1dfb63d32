"""0/2: a lower triangle, as for a sequence: half of the rows above are lost."""


def causal_mask(kind: str, height: int, width: int) -> Tensor:
    return torch.ones(height, width).tril(-1 if kind == "A" else 0)
