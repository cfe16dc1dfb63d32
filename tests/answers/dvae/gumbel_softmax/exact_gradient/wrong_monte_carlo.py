"""0/3: averages REINFORCE over many draws."""


def exact_gradient(loss, logits):
    P, K = logits.shape
    n = 200_000
    with torch.no_grad():
        noise = -torch.empty(n, P, K, dtype=logits.dtype, device=logits.device).exponential_().log()
        codes = F.one_hot((logits + noise).argmax(-1), K).to(logits.dtype)
        f = loss(codes)
        return (f[:, None, None] * (codes - logits.softmax(1))).mean(0)
