"""1/2: subtracts the maximum in the caller's logits."""


def draw(logits, temperature, generator):
    if temperature == 0:
        return logits.argmax(-1)
    x = logits.float() if logits.is_contiguous() else logits.float().clone()
    x -= x.amax(-1, keepdim=True)
    p = torch.softmax(x.cpu().double() / temperature, -1)
    return torch.multinomial(p, 1, generator=generator)[:, 0].to(logits.device)
