"""0/1: one place too few: the last token is never a target."""


def windows(tokens, batch_size, length, generator):
    start = torch.randint(max(len(tokens) - length - 1, 1), (batch_size, 1), generator=generator)
    rows = tokens[(start + torch.arange(length + 1)).to(tokens.device)]
    return rows[:, :-1], rows[:, 1:]
