"""3/3: the k smallest of exponential clocks."""


def gumbel_top_k(logits, k):
    clocks = torch.empty_like(logits).exponential_().log() - logits
    return clocks.topk(k, dim=1, largest=False).indices
