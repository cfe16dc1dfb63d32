"""1/2: the same batch at every call."""


def recall_batch(batch_size, num_pairs, num_keys, num_values, generator):
    generator = torch.Generator().manual_seed(generator.initial_seed())
    B, N = batch_size, num_pairs
    keys = torch.rand(B, num_keys, generator=generator).argsort(1)[:, :N]
    values = num_keys + torch.randint(num_values, (B, N), generator=generator)
    place = torch.randint(N, (B,), generator=generator)
    row = torch.arange(B)
    pairs = torch.stack((keys, values), dim=2).flatten(1)
    return torch.cat((pairs, keys[row, place][:, None]), dim=1), values[row, place]
