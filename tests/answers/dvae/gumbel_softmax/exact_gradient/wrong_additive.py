"""1/3: lets one position at a time run through its codes, the others at their most probable one."""


def exact_gradient(loss, logits):
    P, K = logits.shape
    pi = logits.detach().softmax(1)
    best = F.one_hot(pi.argmax(1), K).to(pi.dtype)
    out = torch.zeros_like(pi)
    for p in range(P):
        codes = best.expand(K, P, K).clone()
        codes[:, p] = torch.eye(K, dtype=pi.dtype, device=pi.device)
        f = loss(codes).detach()
        out[p] = pi[p] * (f - (pi[p] * f).sum())
    return out
