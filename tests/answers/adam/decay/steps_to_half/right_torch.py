"""2/2: a cumulative product of tensors in float64."""


def steps_to_half(lrs, weight_decay):
    factors = 1 - torch.tensor(lrs, dtype=torch.float64) * weight_decay
    hits = (factors.cumprod(0).abs() <= 0.5).nonzero().flatten()
    return hits[0].item() + 1 if len(hits) else None
