"""3/3: draws by adding Gumbel noise; a flat loop over positions."""


def sample_codes(logits_fn: Callable[[Tensor], Tensor], n: int, height: int, width: int) -> Tensor:
    codes = torch.zeros(n, height * width, dtype=torch.long)
    for p in range(height * width):
        logits = logits_fn(codes.view(n, height, width)).flatten(2)[:, :, p]
        noise = -torch.log(torch.empty_like(logits).exponential_())
        codes[:, p] = (logits + noise).argmax(1)
    return codes.view(n, height, width)
