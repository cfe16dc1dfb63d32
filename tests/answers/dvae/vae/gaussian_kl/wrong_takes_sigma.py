"""0/2: takes the second argument for sigma; ln 0 is minus infinity."""


def gaussian_kl(mean, log_var):
    kl = 0.5 * (mean**2 + log_var**2 - 1 - 2 * torch.log(log_var.abs()))
    return kl.flatten(1).sum(1)
