"""2/2: another order of the terms."""


def logit_laplace(pixels, mu, log_b):
    eps = 0.1
    x = torch.lerp(torch.full_like(pixels, eps), torch.full_like(pixels, 1 - eps), pixels)
    u = x.log() - torch.log1p(-x)
    terms = torch.exp(-log_b) * torch.abs(u - mu) + log_b + x.log() + torch.log1p(-x) + math.log(2)
    return -torch.einsum("bchw->b", terms)
