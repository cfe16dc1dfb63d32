"""0/3: bits per code, not per image. One check has a single position, where that is the same; the hidden ones have more."""


def frequency_bits(
    train_codes: Tensor, test_codes: Tensor, num_codes: int, smoothing: float = 1.0
) -> float:
    n = torch.stack([torch.bincount(c, minlength=num_codes) for c in train_codes.flatten(1).T])
    p = (n + smoothing) / (len(train_codes) + smoothing * num_codes)
    return float(-p.log2().T.gather(0, test_codes.flatten(1)).mean())
