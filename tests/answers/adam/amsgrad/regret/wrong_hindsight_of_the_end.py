"""0/2: one best choice, that of the last step, for every T."""


def regret(xs: Tensor, gradients: Tensor) -> Tensor:
    best = -1.0 if gradients.sum() > 0 else 1.0
    return (gradients * (xs - best)).cumsum(0)
