"""0/2: estimates the KL from draws instead of writing it down."""


def gaussian_kl(mean, log_var):
    std = torch.exp(log_var / 2)
    eps = torch.randn(200, *mean.shape, device=mean.device, dtype=mean.dtype)
    z = mean + std * eps
    return (0.5 * z**2 - 0.5 * eps**2 - 0.5 * log_var).flatten(2).sum(2).mean(0)
