"""2/3: calls backward on the logits themselves and fills their .grad."""


def exact_gradient(loss, logits):
    P, K = logits.shape
    cases = torch.tensor(list(itertools.product(range(K), repeat=P)), device=logits.device)
    f = loss(F.one_hot(cases, K).to(logits.dtype)).detach()
    with torch.enable_grad():
        logits.requires_grad_()
        chance = logits.softmax(1)[torch.arange(P, device=logits.device), cases].prod(1)
        (chance * f).sum().backward()
    return logits.grad
