"""0/2: divides the probabilities by the temperature, which changes nothing."""


def draw(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    p = torch.softmax(logits.cpu().double(), -1) / temperature
    return torch.multinomial(p / p.sum(-1, keepdim=True), 1, generator=generator)[:, 0]
