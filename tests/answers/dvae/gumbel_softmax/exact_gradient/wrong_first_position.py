"""1/3: has only one position in mind."""


def exact_gradient(loss, logits):
    P, K = logits.shape
    pi = logits.detach().softmax(1)
    f = loss(torch.eye(K, dtype=pi.dtype, device=pi.device)[:, None].expand(K, P, K))
    return pi * (f - (pi * f).sum(1, keepdim=True))
