"""0/3: the gradient with respect to the probabilities."""


def exact_gradient(loss, logits):
    P, K = logits.shape
    cases = torch.tensor(list(itertools.product(range(K), repeat=P)), device=logits.device)
    f = loss(F.one_hot(cases, K).to(logits.dtype)).detach()
    with torch.enable_grad():
        pi = logits.detach().softmax(1).requires_grad_()
        chance = pi[torch.arange(P, device=logits.device), cases].prod(1)
        return torch.autograd.grad((chance * f).sum(), pi)[0]
