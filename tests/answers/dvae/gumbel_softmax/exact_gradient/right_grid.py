"""3/3: the joint law as a tensor with one dimension per position."""


def exact_gradient(loss, logits):
    P, K = logits.shape
    cases = torch.cartesian_prod(*[torch.arange(K, device=logits.device)] * P).view(-1, P)
    value = loss(F.one_hot(cases, K).to(logits.dtype)).detach().view([K] * P)

    def expected(l):
        joint = torch.ones((), dtype=l.dtype, device=l.device)
        for row in l.softmax(1):
            joint = joint[..., None] * row
        return (joint * value).sum()

    return torch.func.grad(expected)(logits.detach())
