"""3/3: exponential noise, and the normaliser written out."""


def gumbel_softmax(logits, tau):
    if tau <= 0 or tau != tau:
        raise ValueError("the temperature must be positive")
    noise = -torch.empty_like(logits).exponential_().log()
    z = (logits + noise) / tau
    return (z - z.logsumexp(1, keepdim=True)).exp()
