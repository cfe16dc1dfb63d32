"""2/2: a uniform number and the cumulative sum."""


def draw(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(dim=1)
    x = logits.detach().double().cpu()
    p = ((x - x.max(1, keepdim=True).values) / temperature).exp()
    edges = p.cumsum(1)
    u = torch.rand(len(x), 1, generator=generator, dtype=torch.float64) * edges[:, -1:]
    token = (edges <= u).sum(1).clamp(max=x.shape[1] - 1)
    return token.to(logits.device)
