"""2/2: names the best fixed choice at every T."""


def regret(xs: Tensor, gradients: Tensor) -> Tensor:
    G = torch.cumsum(gradients, 0)
    best = torch.where(G > 0, -1.0, 1.0)
    return torch.cumsum(xs * gradients, 0) - G * best
