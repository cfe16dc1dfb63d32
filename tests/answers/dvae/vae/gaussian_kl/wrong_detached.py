"""1/2: right numbers without a graph: the encoder never learns of the KL."""


def gaussian_kl(mean, log_var):
    with torch.no_grad():
        return 0.5 * (mean**2 + log_var.exp() - 1 - log_var).flatten(1).sum(1)
