"""1/2: moves each input by 1e-3 and compares outputs: a slope of 1e-12 is lost in rounding. Channels are right."""


def receptive_field(net: Callable[[Tensor], Tensor], x: Tensor, row: int, column: int) -> Tensor:
    with torch.no_grad():
        base = net(x)[0, :, row, column]
        seen = torch.zeros(x.shape[2:], dtype=torch.bool, device=x.device)
        for c in range(x.shape[1]):
            for i in range(x.shape[2]):
                for j in range(x.shape[3]):
                    moved = x.clone()
                    moved[0, c, i, j] += 1e-3
                    change = (net(moved)[0, :, row, column] - base).abs().max()
                    seen[i, j] |= change > 1e-6
    return seen
