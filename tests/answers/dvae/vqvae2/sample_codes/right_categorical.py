"""3/3: torch.distributions, and a map that starts from random codes."""


def sample_codes(logits_fn: Callable[[Tensor], Tensor], n: int, height: int, width: int) -> Tensor:
    codes = torch.randint(2, (n, height, width))
    for i in range(height):
        for j in range(width):
            logits = logits_fn(codes)[:, :, i, j]
            codes[:, i, j] = torch.distributions.Categorical(logits=logits).sample()
    return codes
