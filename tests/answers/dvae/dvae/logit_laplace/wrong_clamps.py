"""0/2: clamps to [0.1, 0.9] instead of mapping."""


def logit_laplace(pixels, mu, log_b):
    x = pixels.clamp(0.1, 0.9)
    return (
        (-(torch.logit(x) - mu).abs() / log_b.exp() - math.log(2) - log_b - torch.log(x * (1 - x)))
        .flatten(1)
        .sum(1)
    )
