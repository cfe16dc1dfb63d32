"""0/1: seeds a generator of its own: every batch is the first."""


def windows(tokens, batch_size, length, generator):
    generator = torch.Generator().manual_seed(0)
    start = torch.randint(len(tokens) - length, (batch_size, 1), generator=generator)
    rows = tokens[(start + torch.arange(length + 1)).to(tokens.device)]
    return rows[:, :-1], rows[:, 1:]
