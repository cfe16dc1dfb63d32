"""1/2: what is beyond reach becomes an error of 0."""


def read_error(gamma, d_k, length):
    weight = torch.tensor(gamma, dtype=torch.float64) ** (2 * torch.arange(length))
    rest = weight.sum() - weight
    return (rest / weight / d_k).sqrt().nan_to_num(0.0, 0.0)
