"""2/2: geometric sums in closed form, with expm1."""


def read_error(gamma, d_k, length):
    j = torch.arange(length, dtype=torch.float64)
    if gamma == 1:
        return torch.full((length,), ((length - 1) / d_k) ** 0.5, dtype=torch.float64)
    log = 2 * math.log(gamma)
    older = math.exp(log) * torch.expm1((length - 1 - j) * log) / math.expm1(log)
    newer = torch.expm1(-j * log) / -math.expm1(log)
    return ((older + newer) / d_k).sqrt()
