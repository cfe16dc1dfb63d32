"""2/2: a Laplace law for the logit, and the Jacobian."""


def logit_laplace(pixels, mu, log_b):
    x = 0.1 + 0.8 * pixels
    laplace = torch.distributions.Laplace(mu, log_b.exp(), validate_args=False)
    return (laplace.log_prob(torch.logit(x)) - x.log() - (1 - x).log()).flatten(1).sum(1)
