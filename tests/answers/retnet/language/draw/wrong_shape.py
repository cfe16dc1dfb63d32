"""0/2: returns (B, 1)."""


def draw(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1, keepdim=True)
    x = logits.cpu().double()
    p = torch.softmax((x - x.amax(-1, keepdim=True)) / temperature, -1)
    return torch.multinomial(p, 1, generator=generator).to(logits.device)
