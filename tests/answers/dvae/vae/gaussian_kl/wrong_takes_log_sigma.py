"""0/2: takes the second argument for ln sigma; right wherever log_var is 0."""


def gaussian_kl(mean, log_var):
    kl = 0.5 * (mean**2 + (2 * log_var).exp() - 1 - 2 * log_var)
    return kl.flatten(1).sum(1)
