"""2/2: the minimum of a linear function lies at an end of the interval."""


def regret(xs: Tensor, gradients: Tensor) -> Tensor:
    total = gradients.cumsum(dim=0)
    return (xs * gradients).cumsum(dim=0) - torch.minimum(total, -total)
