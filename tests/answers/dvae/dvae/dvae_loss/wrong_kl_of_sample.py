"""0/3: the KL of the relaxed sample, noise and temperature included: every cell asks about it."""


def dvae_loss(x, logits, g, decoder, tau, beta):
    y = torch.softmax((logits + g) / tau, 1)
    error = 0.5 * (x - decoder(y)).square().flatten(1).sum(1)
    kl = (y * (torch.log(y + 1e-20) + math.log(y.shape[1]))).flatten(1).sum(1)
    return (error + beta * kl).mean()
