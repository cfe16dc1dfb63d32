"""0/1: draws from the global generator: the seed has no effect."""


def windows(tokens, batch_size, length, generator):
    start = torch.randint(len(tokens) - length, (batch_size, 1))
    rows = tokens[(start + torch.arange(length + 1)).to(tokens.device)]
    return rows[:, :-1], rows[:, 1:]
