"""0/3: a hard sample with a straight-through gradient, where the relaxed one was asked."""


def dvae_loss(x, logits, g, decoder, tau, beta):
    soft = torch.softmax((logits + g) / tau, 1)
    hard = torch.zeros_like(soft).scatter(1, soft.argmax(1, keepdim=True), 1.0)
    y = hard - soft.detach() + soft
    error = 0.5 * (x - decoder(y)).square().flatten(1).sum(1)
    log_q = logits.log_softmax(1)
    kl = (log_q.exp() * (log_q + math.log(logits.shape[1]))).flatten(1).sum(1)
    return (error + beta * kl).mean()
