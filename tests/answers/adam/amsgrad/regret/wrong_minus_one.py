"""0/2: takes -1 for the best choice whatever the gradients are; hidden sums of both signs show it."""


def regret(xs: Tensor, gradients: Tensor) -> Tensor:
    return (gradients * (xs + 1)).cumsum(0)
