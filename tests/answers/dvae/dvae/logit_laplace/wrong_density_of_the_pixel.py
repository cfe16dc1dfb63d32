"""0/2: the density of the unmapped pixel, with a factor of 0.8."""


def logit_laplace(pixels, mu, log_b):
    x = 0.8 * pixels + 0.1
    return (
        (
            -(torch.logit(x) - mu).abs() / log_b.exp()
            - math.log(2)
            - log_b
            - torch.log(x * (1 - x))
            + math.log(0.8)
        )
        .flatten(1)
        .sum(1)
    )
