"""0/3: the race backwards."""


def gumbel_top_k(logits, k):
    noisy = logits - torch.empty_like(logits).exponential_().log()
    return noisy.argsort(dim=1)[:, -k:]
