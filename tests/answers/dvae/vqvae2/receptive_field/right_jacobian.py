"""2/2: the whole Jacobian of the outputs at that position."""


def receptive_field(net: Callable[[Tensor], Tensor], x: Tensor, row: int, column: int) -> Tensor:
    def at(t):
        return net(t)[0, :, row, column]

    jacobian = torch.autograd.functional.jacobian(at, x.detach())  # (D, 1, C, H, W)
    return jacobian.ne(0).flatten(0, 2).any(0)
