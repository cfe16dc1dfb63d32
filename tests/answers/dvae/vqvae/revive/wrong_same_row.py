"""0/2: one row for all the dead."""


def revive(codebook, counts, z, threshold):
    codebook, counts = codebook.detach().clone(), counts.clone()
    dead = counts < threshold
    codebook[dead] = z.detach()[torch.randint(len(z), (1,)).to(z.device)]
    counts[dead] = threshold
    return codebook, counts
