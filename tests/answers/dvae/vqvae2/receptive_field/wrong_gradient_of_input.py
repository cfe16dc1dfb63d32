"""0/2: the gradient of the whole output: asks which outputs an input has, not which inputs an output has."""


def receptive_field(net: Callable[[Tensor], Tensor], x: Tensor, row: int, column: int) -> Tensor:
    probe = x.detach().clone().requires_grad_(True)
    (g,) = torch.autograd.grad(net(probe).sum(), probe)
    return (g[0] != 0).any(0)
