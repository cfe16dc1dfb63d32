"""0/2: a softmax over the wrong dimension."""


def uniform_kl(logits):
    log_q = logits.log_softmax(-1)
    return (math.log(logits.shape[1]) + (log_q.exp() * log_q).sum(-1)).sum((1, 2))
