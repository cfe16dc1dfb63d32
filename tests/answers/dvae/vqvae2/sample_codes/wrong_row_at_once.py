"""0/3: one pass per row: inside a row the logits are stale."""


def sample_codes(logits_fn: Callable[[Tensor], Tensor], n: int, height: int, width: int) -> Tensor:
    codes = torch.zeros(n, height, width, dtype=torch.int64)
    for i in range(height):
        logits = logits_fn(codes)[:, :, i]  # (n, K, W)
        for j in range(width):
            codes[:, i, j] = torch.multinomial(logits[:, :, j].softmax(1), 1)[:, 0]
    return codes
