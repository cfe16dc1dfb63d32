"""2/2: the form of Kingma & Welling's appendix B, with its minus sign, on a view."""


def gaussian_kl(mean, log_var):
    B = mean.shape[0]
    m, v = mean.reshape(B, -1), log_var.reshape(B, -1)
    return -0.5 * torch.sum(1 + v - m * m - torch.exp(v), dim=1)
