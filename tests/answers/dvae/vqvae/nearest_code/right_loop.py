"""2/2: goes through the codes one by one and keeps the best so far."""


def nearest_code(z, codebook):
    best = torch.full(z.shape[:-1], float("inf"), dtype=z.dtype, device=z.device)
    index = torch.zeros(z.shape[:-1], dtype=torch.int64, device=z.device)
    for k, e in enumerate(codebook):
        distance = (z - e).pow(2).sum(-1)
        index = torch.where(distance < best, k, index)
        best = torch.minimum(distance, best)
    return index
