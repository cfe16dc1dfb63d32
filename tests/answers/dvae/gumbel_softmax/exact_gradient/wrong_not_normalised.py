"""0/3: takes exp(logits) for probabilities."""


def exact_gradient(loss, logits):
    P, K = logits.shape
    cases = torch.tensor(list(itertools.product(range(K), repeat=P)), device=logits.device)
    f = loss(F.one_hot(cases, K).to(logits.dtype)).detach()
    with torch.enable_grad():
        leaf = logits.detach().clone().requires_grad_()
        chance = leaf[torch.arange(P, device=logits.device), cases].sum(1).exp()
        return torch.autograd.grad((chance * f).sum(), leaf)[0]
