"""1/1: a slice per row."""


def windows(tokens, batch_size, length, generator):
    inputs, targets = [], []
    for _ in range(batch_size):
        i = torch.randint(len(tokens) - length, (), generator=generator).item()
        inputs.append(tokens[i : i + length])
        targets.append(tokens[i + 1 : i + length + 1])
    return torch.stack(inputs), torch.stack(targets)
