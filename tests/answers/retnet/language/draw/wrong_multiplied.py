"""0/2: multiplies by the temperature."""


def draw(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    x = logits.cpu().double()
    p = torch.softmax((x - x.amax(-1, keepdim=True)) * temperature, -1)
    return torch.multinomial(p, 1, generator=generator)[:, 0].to(logits.device)
