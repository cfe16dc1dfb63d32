"""1/2: replaces low temperatures by 0.01."""


def draw(logits, temperature, generator):
    x = logits.cpu().double()
    p = torch.softmax((x - x.amax(-1, keepdim=True)) / max(temperature, 0.01), -1)
    return torch.multinomial(p, 1, generator=generator)[:, 0].to(logits.device)
