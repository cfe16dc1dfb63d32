"""1/3: sharpens the logits on the way: prettier pictures, another law."""


def sample_codes(logits_fn: Callable[[Tensor], Tensor], n: int, height: int, width: int) -> Tensor:
    codes = torch.zeros(n, height, width, dtype=torch.int64)
    for i in range(height):
        for j in range(width):
            p = (logits_fn(codes)[:, :, i, j] / 0.8).softmax(1)
            codes[:, i, j] = torch.multinomial(p, 1)[:, 0]
    return codes
