"""1/2: no case for temperature 0: 0 / 0."""


def draw(logits, temperature, generator):
    x = logits.cpu().double()
    x = x - x.amax(-1, keepdim=True)
    p = torch.softmax(x / torch.tensor(temperature, dtype=torch.float64), -1)
    return torch.multinomial(p, 1, generator=generator)[:, 0].to(logits.device)
