"""2/2: multinomial without replacement, gather."""


def recall_batch(batch_size, num_pairs, num_keys, num_values, generator):
    weights = torch.ones(batch_size, num_keys)
    keys = torch.multinomial(weights, num_pairs, replacement=False, generator=generator)
    values = torch.randint(num_values, keys.shape, generator=generator) + num_keys
    place = torch.randint(num_pairs, (batch_size, 1), generator=generator)
    tokens = torch.empty(batch_size, 2 * num_pairs + 1, dtype=torch.int64)
    tokens[:, 0:-1:2], tokens[:, 1::2] = keys, values
    tokens[:, -1:] = keys.gather(1, place)
    return tokens, values.gather(1, place).squeeze(1)
