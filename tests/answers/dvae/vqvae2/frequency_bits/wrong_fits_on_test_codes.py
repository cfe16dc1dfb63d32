"""0/3: counts the test codes: measures on what it was fitted to."""


def frequency_bits(
    train_codes: Tensor, test_codes: Tensor, num_codes: int, smoothing: float = 1.0
) -> float:
    n = torch.stack([torch.bincount(c, minlength=num_codes) for c in test_codes.flatten(1).T])
    p = (n + smoothing) / (len(test_codes) + smoothing * num_codes)
    return float(-p.log2().T.gather(0, test_codes.flatten(1)).sum(1).mean())
