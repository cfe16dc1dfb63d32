"""0/2: only R_T, a single number."""


def regret(xs: Tensor, gradients: Tensor) -> Tensor:
    return (gradients * xs).sum() + gradients.sum().abs()
