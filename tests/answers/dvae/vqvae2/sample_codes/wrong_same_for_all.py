"""1/3: draws one code and gives it to all n maps."""


def sample_codes(logits_fn: Callable[[Tensor], Tensor], n: int, height: int, width: int) -> Tensor:
    codes = torch.zeros(1, height, width, dtype=torch.int64)
    for i in range(height):
        for j in range(width):
            p = logits_fn(codes)[:, :, i, j].softmax(1)
            codes[:, i, j] = torch.multinomial(p, 1)[:, 0]
    return codes.repeat(n, 1, 1)
