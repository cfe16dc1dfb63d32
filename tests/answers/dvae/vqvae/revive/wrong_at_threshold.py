"""0/2: a count of exactly the threshold is dead too."""


def revive(codebook, counts, z, threshold):
    codebook, counts = codebook.detach().clone(), counts.clone()
    dead = counts <= threshold
    codebook[dead] = z.detach()[torch.randperm(len(z))[: int(dead.sum())].to(z.device)]
    counts[dead] = threshold
    return codebook, counts
