"""3/3: sums over everything, divided by the batch at the end."""


def dvae_loss(x, logits, g, decoder, tau, beta):
    scores = (logits + g) / tau
    y = (scores - scores.logsumexp(1, keepdim=True)).exp()
    total = torch.nn.functional.mse_loss(decoder(y), x, reduction="sum") / 2
    log_q = torch.log_softmax(logits, dim=1)
    entropy = -(log_q.exp() * log_q).sum(1)
    total = total + beta * (math.log(logits.shape[1]) - entropy).sum()
    return total / len(x)
