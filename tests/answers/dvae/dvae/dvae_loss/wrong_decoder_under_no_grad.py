"""2/3: the right number; the decoder runs without a graph."""


def dvae_loss(x, logits, g, decoder, tau, beta):
    y = torch.softmax((logits + g) / tau, 1)
    with torch.no_grad():
        x_hat = decoder(y)
    error = 0.5 * (x - x_hat).square().flatten(1).sum(1)
    log_q = logits.log_softmax(1)
    kl = (log_q.exp() * (log_q + math.log(logits.shape[1]))).flatten(1).sum(1)
    return (error + beta * kl).mean()
