"""0/2: moves the codes of the caller."""


@torch.no_grad()
def revive(codebook, counts, z, threshold):
    dead = counts < threshold
    codebook[dead] = z[torch.randperm(len(z))[: int(dead.sum())].to(z.device)]
    counts[dead] = threshold
    return codebook, counts
