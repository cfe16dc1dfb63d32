"""0/2: compares with the best choice of each step, not with a fixed one."""


def regret(xs: Tensor, gradients: Tensor) -> Tensor:
    return (gradients * xs + gradients.abs()).cumsum(0)
