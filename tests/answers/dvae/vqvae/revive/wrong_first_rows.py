"""1/2: the first rows, not random ones."""


def revive(codebook, counts, z, threshold):
    codebook, counts = codebook.detach().clone(), counts.clone()
    dead = counts < threshold
    codebook[dead] = z.detach()[: int(dead.sum())]
    counts[dead] = threshold
    return codebook, counts
