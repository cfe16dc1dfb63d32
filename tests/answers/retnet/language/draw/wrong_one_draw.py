"""0/2: one uniform number for the whole batch."""


def draw(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    x = logits.cpu().double()
    p = torch.softmax((x - x.amax(-1, keepdim=True)) / temperature, -1)
    u = torch.rand((), generator=generator, dtype=torch.float64)
    return (p.cumsum(-1) <= u).sum(-1).clamp(max=x.shape[1] - 1).to(logits.device)
