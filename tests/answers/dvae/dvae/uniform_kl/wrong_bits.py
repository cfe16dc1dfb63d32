"""0/2: base 2: bits, not nats."""


def uniform_kl(logits):
    log_q = logits.log_softmax(1)
    kl = math.log(logits.shape[1]) + (log_q.exp() * log_q).sum(1)
    return kl.sum((1, 2)) / math.log(2)
