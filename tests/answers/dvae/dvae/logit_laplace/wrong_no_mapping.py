"""0/2: forgets to map: white is infinite."""


def logit_laplace(pixels, mu, log_b):
    x = pixels
    return (
        (-(torch.logit(x) - mu).abs() / log_b.exp() - math.log(2) - log_b - torch.log(x * (1 - x)))
        .flatten(1)
        .sum(1)
    )
