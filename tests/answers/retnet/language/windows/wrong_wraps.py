"""0/1: places up to the end, where the text wraps around to its start."""


def windows(tokens, batch_size, length, generator):
    start = torch.randint(len(tokens), (batch_size, 1), generator=generator)
    rows = tokens[((start + torch.arange(length + 1)) % len(tokens)).to(tokens.device)]
    return rows[:, :-1], rows[:, 1:]
