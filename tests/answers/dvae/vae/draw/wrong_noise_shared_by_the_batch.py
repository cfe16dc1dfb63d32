"""1/2: noise of one image, the same for the whole batch; its gradient is right."""


def draw(mean, log_var, training):
    if not training:
        return mean
    eps = torch.randn(mean.shape[1:], device=mean.device, dtype=mean.dtype)
    return mean + torch.exp(log_var / 2) * eps
