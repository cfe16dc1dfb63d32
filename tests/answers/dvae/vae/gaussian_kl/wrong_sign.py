"""0/2: the famous formula without its minus sign."""


def gaussian_kl(mean, log_var):
    return 0.5 * (1 + log_var - mean**2 - log_var.exp()).flatten(1).sum(1)
