"""0/1: shifted the wrong way: the targets are what came before."""


def windows(tokens, batch_size, length, generator):
    start = torch.randint(len(tokens) - length, (batch_size, 1), generator=generator)
    rows = tokens[(start + torch.arange(length + 1)).to(tokens.device)]
    return rows[:, 1:], rows[:, :-1]
