"""0/3: column by column: what stands to the right above is not there yet."""


def sample_codes(logits_fn: Callable[[Tensor], Tensor], n: int, height: int, width: int) -> Tensor:
    codes = torch.zeros(n, height, width, dtype=torch.int64)
    for j in range(width):
        for i in range(height):
            p = logits_fn(codes)[:, :, i, j].softmax(1)
            codes[:, i, j] = torch.multinomial(p, 1)[:, 0]
    return codes
