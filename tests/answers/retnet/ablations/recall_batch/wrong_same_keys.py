"""1/2: every row of a batch has the same keys."""


def recall_batch(batch_size, num_pairs, num_keys, num_values, generator):
    B, N = batch_size, num_pairs
    keys = torch.randperm(num_keys, generator=generator)[:N].expand(B, N)
    values = num_keys + torch.randint(num_values, (B, N), generator=generator)
    place = torch.randint(N, (B,), generator=generator)
    row = torch.arange(B)
    pairs = torch.stack((keys, values), dim=2).flatten(1)
    return torch.cat((pairs, keys[row, place][:, None]), dim=1), values[row, place]
