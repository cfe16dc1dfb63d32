"""2/2: row by row, with randperm."""


def recall_batch(batch_size, num_pairs, num_keys, num_values, generator):
    rows, answers = [], []
    for _ in range(batch_size):
        keys = torch.randperm(num_keys, generator=generator)[:num_pairs].tolist()
        values = torch.randint(num_keys, num_keys + num_values, (num_pairs,), generator=generator)
        values = values.tolist()
        i = torch.randint(num_pairs, (1,), generator=generator).item()
        rows.append([x for pair in zip(keys, values) for x in pair] + [keys[i]])
        answers.append(values[i])
    return torch.tensor(rows), torch.tensor(answers)
