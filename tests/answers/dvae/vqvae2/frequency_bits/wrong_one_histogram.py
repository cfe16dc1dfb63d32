"""0/3: one histogram for the whole map: forgets where a code stands."""


def frequency_bits(
    train_codes: Tensor, test_codes: Tensor, num_codes: int, smoothing: float = 1.0
) -> float:
    n = torch.bincount(train_codes.flatten(), minlength=num_codes)
    p = (n + smoothing) / (n.sum() + smoothing * num_codes)
    return float(-p.log2()[test_codes].flatten(1).sum(1).mean())
