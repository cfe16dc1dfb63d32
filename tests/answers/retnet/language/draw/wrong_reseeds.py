"""1/2: reseeds the global generator from the given one's seed: every call draws the same."""


def draw(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    torch.manual_seed(generator.initial_seed())
    x = logits.cpu().double()
    p = torch.softmax((x - x.amax(-1, keepdim=True)) / temperature, -1)
    return torch.multinomial(p, 1)[:, 0].to(logits.device)
