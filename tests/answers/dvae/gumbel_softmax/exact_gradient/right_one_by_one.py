"""3/3: a loop over the cases, with a call of the loss for each."""


def exact_gradient(loss, logits):
    with torch.enable_grad():
        leaf = logits.detach().clone().requires_grad_(True)
        pi = torch.softmax(leaf, -1)
        total = 0.0
        for case in itertools.product(range(logits.shape[1]), repeat=logits.shape[0]):
            code = torch.zeros_like(logits).detach()
            chance = 1.0
            for p, k in enumerate(case):
                code[p, k] = 1.0
                chance = chance * pi[p, k]
            total = total + chance * loss(code[None]).detach()[0]
        total.backward()
    return leaf.grad
