"""0/3: draws noise of its own."""


def dvae_loss(x, logits, g, decoder, tau, beta):
    g = -torch.log(-torch.log(torch.rand_like(logits)))
    y = torch.softmax((logits + g) / tau, 1)
    error = 0.5 * (x - decoder(y)).square().flatten(1).sum(1)
    log_q = logits.log_softmax(1)
    kl = (log_q.exp() * (log_q + math.log(logits.shape[1]))).flatten(1).sum(1)
    return (error + beta * kl).mean()
