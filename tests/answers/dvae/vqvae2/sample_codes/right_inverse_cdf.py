"""3/3: inverts the cumulative distribution."""


def sample_codes(logits_fn: Callable[[Tensor], Tensor], n: int, height: int, width: int) -> Tensor:
    codes = torch.zeros(n, height, width, dtype=torch.int64)
    for i in range(height):
        for j in range(width):
            cdf = logits_fn(codes)[:, :, i, j].double().softmax(1).cumsum(1)
            u = torch.rand(n, 1, dtype=torch.float64)
            codes[:, i, j] = (u > cdf[:, :-1]).sum(1)
    return codes
