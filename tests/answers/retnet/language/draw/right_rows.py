"""2/2: row by row, in float32."""


def draw(logits, temperature, generator):
    drawn = []
    for row in logits.cpu().float():
        if temperature == 0:
            drawn.append(row.argmax())
            continue
        p = ((row - row.max()) / temperature).exp()
        drawn.append(torch.multinomial(p / p.sum(), 1, generator=generator)[0])
    return torch.stack(drawn).to(logits.device)
