"""0/2: softmax over the batch."""


def draw(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    x = logits.cpu().double()
    p = torch.softmax((x - x.amax(0, keepdim=True)) / temperature, 0)
    p = p + 1e-300
    return torch.multinomial(p, 1, generator=generator)[:, 0].to(logits.device)
