"""0/3: the hard sample, which no gradient passes."""


def dvae_loss(x, logits, g, decoder, tau, beta):
    index = (logits + g).argmax(1, keepdim=True)
    y = torch.zeros_like(logits).scatter(1, index, 1.0)
    error = 0.5 * (x - decoder(y)).square().flatten(1).sum(1)
    log_q = logits.log_softmax(1)
    kl = (log_q.exp() * (log_q + math.log(logits.shape[1]))).flatten(1).sum(1)
    return (error + beta * kl).mean()
