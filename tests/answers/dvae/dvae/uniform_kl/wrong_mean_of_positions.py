"""0/2: a mean over positions where the sum was asked."""


def uniform_kl(logits):
    log_q = logits.log_softmax(1)
    return (math.log(logits.shape[1]) + (log_q.exp() * log_q).sum(1)).mean((1, 2))
