"""3/3: the sum over cases of P(c) f(c) (one-hot - pi), without autograd."""


@torch.no_grad()
def exact_gradient(loss, logits):
    P, K = logits.shape
    eye = torch.eye(K, dtype=logits.dtype, device=logits.device)
    cases = torch.stack([torch.stack(c) for c in itertools.product(eye, repeat=P)])  # (N, P, K)
    pi = logits.softmax(1)
    weight = (cases * pi).sum(2).prod(1) * loss(cases)
    return (weight[:, None, None] * (cases - pi)).sum(0)
