"""0/2: the density and then its logarithm, which is minus infinity far from mu: images of many pixels first."""


def logit_laplace(pixels, mu, log_b):
    x = 0.8 * pixels + 0.1
    b = log_b.exp()
    f = torch.exp(-(torch.logit(x) - mu).abs() / b) / (2 * b * x * (1 - x))
    return f.flatten(1).prod(1).log()
