"""1/2: divides first: large logits at a low temperature overflow."""


def draw(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    p = torch.softmax(logits.cpu().float() / temperature, -1)
    return torch.multinomial(p, 1, generator=generator)[:, 0].to(logits.device)
