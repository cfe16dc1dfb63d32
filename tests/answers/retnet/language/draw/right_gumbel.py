"""2/2: Gumbel-max: noise on the scaled logits, then argmax."""


def draw(logits, temperature, generator):
    x = logits.double().cpu()
    if temperature > 0:
        x = (x - x.amax(1, keepdim=True)) / temperature
        u = torch.rand(x.shape, generator=generator, dtype=torch.float64).clamp(1e-300, 1 - 1e-16)
        x = x - (-u.log()).log()
    return x.argmax(1).to(logits.device)
