"""1/2: draws from the global generator. The distributions are right, but a seed is ignored."""


def recall_batch(batch_size, num_pairs, num_keys, num_values, generator):
    B, N = batch_size, num_pairs
    keys = torch.rand(B, num_keys).argsort(1)[:, :N]
    values = num_keys + torch.randint(num_values, (B, N))
    place = torch.randint(N, (B,))
    row = torch.arange(B)
    pairs = torch.stack((keys, values), dim=2).flatten(1)
    return torch.cat((pairs, keys[row, place][:, None]), dim=1), values[row, place]
