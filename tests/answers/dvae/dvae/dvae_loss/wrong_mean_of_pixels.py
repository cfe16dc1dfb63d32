"""1/3: a mean over pixels beside a sum over positions. The sample is right."""


def dvae_loss(x, logits, g, decoder, tau, beta):
    y = torch.softmax((logits + g) / tau, 1)
    error = 0.5 * torch.nn.functional.mse_loss(decoder(y), x)
    log_q = logits.log_softmax(1)
    kl = (log_q.exp() * (log_q + math.log(logits.shape[1]))).flatten(1).sum(1)
    return error + beta * kl.mean()
