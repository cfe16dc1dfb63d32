"""1/1: unfold makes all windows as views; a draw picks among them."""


def windows(tokens, batch_size, length, generator):
    rows = tokens.unfold(0, length + 1, 1)
    chosen = torch.randint(0, rows.shape[0], (batch_size,), generator=generator)
    rows = rows[chosen.to(tokens.device)]
    return rows[:, :length], rows[:, 1:]
