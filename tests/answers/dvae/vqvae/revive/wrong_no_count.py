"""0/2: leaves the counts: the same codes die again at once."""


def revive(codebook, counts, z, threshold):
    codebook, counts = codebook.detach().clone(), counts.clone()
    dead = counts < threshold
    codebook[dead] = z.detach()[torch.randperm(len(z))[: int(dead.sum())].to(z.device)]
    counts[dead] = counts[dead]
    return codebook, counts
