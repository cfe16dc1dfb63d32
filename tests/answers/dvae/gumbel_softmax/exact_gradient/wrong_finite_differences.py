"""0/3: differences of the expected loss, and with them twice as many calls for every entry."""


def exact_gradient(loss, logits):
    P, K = logits.shape
    cases = torch.tensor(list(itertools.product(range(K), repeat=P)), device=logits.device)

    def expected(l):
        f = sum(
            loss(F.one_hot(c[None], K).to(l.dtype))[0] * l.softmax(1)[range(P), c].prod()
            for c in cases
        )
        return f

    out = torch.zeros_like(logits)
    l = logits.detach()
    for p in range(P):
        for k in range(K):
            h = torch.zeros_like(l)
            h[p, k] = 1e-5
            out[p, k] = (expected(l + h) - expected(l - h)) / 2e-5
    return out.detach()
