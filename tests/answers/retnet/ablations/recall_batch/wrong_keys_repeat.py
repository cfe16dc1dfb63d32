"""0/2: keys may stand twice."""


def recall_batch(batch_size, num_pairs, num_keys, num_values, generator):
    B, N = batch_size, num_pairs
    keys = torch.randint(num_keys, (B, N), generator=generator)
    values = num_keys + torch.randint(num_values, (B, N), generator=generator)
    place = torch.randint(N, (B,), generator=generator)
    row = torch.arange(B)
    pairs = torch.stack((keys, values), dim=2).flatten(1)
    return torch.cat((pairs, keys[row, place][:, None]), dim=1), values[row, place]
