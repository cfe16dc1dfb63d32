"""1/2: finite, and absurd: -3e38."""


def gumbel_from_uniform(u):
    return torch.nan_to_num(-torch.log(-torch.log(u)))
