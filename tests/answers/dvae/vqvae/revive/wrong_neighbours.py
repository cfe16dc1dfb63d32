"""1/2: a random run of neighbouring rows: distinct, but the ends come up less often."""


def revive(codebook, counts, z, threshold):
    dead = counts < threshold
    number = int(dead.sum())
    start = int(torch.randint(max(len(z) - number, 0) + 1, (1,)))
    rows = (torch.arange(number) + start) % len(z)
    codebook, counts = codebook.detach().clone(), counts.clone()
    codebook[dead] = z.detach()[rows.to(z.device)]
    counts[dead] = threshold
    return codebook, counts
