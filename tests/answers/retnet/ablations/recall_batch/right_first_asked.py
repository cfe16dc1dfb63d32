"""2/2: asks the first of the drawn pairs, then shuffles them."""


def recall_batch(batch_size, num_pairs, num_keys, num_values, generator):
    keys = torch.rand(batch_size, num_keys, generator=generator).argsort(1)[:, :num_pairs]
    values = num_keys + torch.randint(num_values, (batch_size, num_pairs), generator=generator)
    asked, answers = keys[:, :1], values[:, 0].clone()
    order = torch.rand(batch_size, num_pairs, generator=generator).argsort(1)
    pairs = torch.stack((keys.gather(1, order), values.gather(1, order)), 2).flatten(1)
    return torch.cat((pairs, asked), 1), answers
