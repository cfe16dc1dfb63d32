"""1/2: calls backward: the parameters of net have a .grad afterwards."""


def receptive_field(net: Callable[[Tensor], Tensor], x: Tensor, row: int, column: int) -> Tensor:
    probe = x.detach().clone().requires_grad_(True)
    seen = torch.zeros(x.shape[2:], dtype=torch.bool, device=x.device)
    for out in net(probe)[0, :, row, column]:
        probe.grad = None
        out.backward(retain_graph=True)
        seen |= (probe.grad[0] != 0).any(0)
    return seen
