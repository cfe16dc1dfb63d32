"""1/2: seeds the generator, so that every call draws the same noise; its gradient is right."""


def draw(mean, log_var, training):
    if not training:
        return mean
    torch.manual_seed(0)
    return mean + torch.exp(log_var / 2) * torch.randn_like(mean)
