"""0/2: KL(N(0, 1) || q), the arguments the other way round."""


def gaussian_kl(mean, log_var):
    kl = 0.5 * ((1 + mean**2) / log_var.exp() - 1 + log_var)
    return kl.flatten(1).sum(1)
