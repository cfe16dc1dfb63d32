"""0/1: only places that are multiples of the length: cuts the text always alike."""


def windows(tokens, batch_size, length, generator):
    start = length * torch.randint(
        (len(tokens) - 1) // length, (batch_size, 1), generator=generator
    )
    rows = tokens[(start + torch.arange(length + 1)).to(tokens.device)]
    return rows[:, :-1], rows[:, 1:]
