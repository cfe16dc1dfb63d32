"""1/2: right numbers, and the caller's gradients are overwritten."""


def regret(xs: Tensor, gradients: Tensor) -> Tensor:
    paid = xs * gradients
    G = gradients.cumsum_(0)
    return paid.cumsum(0) + G.abs()
