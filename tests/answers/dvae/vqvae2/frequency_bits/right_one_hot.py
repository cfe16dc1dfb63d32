"""3/3: one-hot counts, and an einsum that looks up."""


def frequency_bits(
    train_codes: Tensor, test_codes: Tensor, num_codes: int, smoothing: float = 1.0
) -> float:
    one_hot = torch.nn.functional.one_hot
    n = one_hot(train_codes, num_codes).sum(0).double()  # (H, W, K)
    p = (n + smoothing) / (len(train_codes) + smoothing * num_codes)
    q = (one_hot(test_codes, num_codes) * p).sum(-1)  # (M, H, W)
    return float(-q.log2().sum((1, 2)).mean())
