"""1/3: instead of smoothing, an epsilon inside the logarithm."""


def frequency_bits(
    train_codes: Tensor, test_codes: Tensor, num_codes: int, smoothing: float = 1.0
) -> float:
    n = torch.stack([torch.bincount(c, minlength=num_codes) for c in train_codes.flatten(1).T])
    p = (n / len(train_codes)).clamp(min=1e-3)
    return float(-p.log2().T.gather(0, test_codes.flatten(1)).sum(1).mean())
