"""0/1: one place for the batch, whose rows follow one token apart."""


def windows(tokens, batch_size, length, generator):
    last = max(len(tokens) - length - batch_size + 1, 1)
    start = torch.randint(last, (1, 1), generator=generator) + torch.arange(batch_size)[:, None]
    start = start.clamp(max=len(tokens) - length - 1)
    rows = tokens[(start + torch.arange(length + 1)).to(tokens.device)]
    return rows[:, :-1], rows[:, 1:]
