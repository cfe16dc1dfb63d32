"""0/2: the average regret, divided by T."""


def regret(xs: Tensor, gradients: Tensor) -> Tensor:
    T = torch.arange(1, len(xs) + 1, device=xs.device)
    return ((gradients * xs).cumsum(0) + gradients.cumsum(0).abs()) / T
