"""1/3: sets the seed at every draw: the noise repeats, and so do the maps."""


def sample_codes(logits_fn: Callable[[Tensor], Tensor], n: int, height: int, width: int) -> Tensor:
    codes = torch.zeros(n, height, width, dtype=torch.int64)
    for i in range(height):
        for j in range(width):
            torch.manual_seed(0)
            p = logits_fn(codes)[:, :, i, j].softmax(1)
            codes[:, i, j] = torch.multinomial(p, 1)[:, 0]
    return codes
