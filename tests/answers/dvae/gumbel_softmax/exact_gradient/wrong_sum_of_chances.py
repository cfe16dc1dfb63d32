"""1/3: adds the positions' probabilities instead of multiplying them."""


def exact_gradient(loss, logits):
    P, K = logits.shape
    cases = torch.tensor(list(itertools.product(range(K), repeat=P)), device=logits.device)
    f = loss(F.one_hot(cases, K).to(logits.dtype)).detach()
    with torch.enable_grad():
        leaf = logits.detach().clone().requires_grad_()
        chance = leaf.softmax(1)[torch.arange(P, device=logits.device), cases].sum(1)
        return torch.autograd.grad((chance * f).sum(), leaf)[0]
