"""0/1: the targets are the inputs: the model learns to copy."""


def windows(tokens, batch_size, length, generator):
    start = torch.randint(len(tokens) - length, (batch_size, 1), generator=generator)
    rows = tokens[(start + torch.arange(length)).to(tokens.device)]
    return rows, rows
