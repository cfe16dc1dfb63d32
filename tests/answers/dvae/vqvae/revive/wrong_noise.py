"""0/2: random vectors: no nearer to the data than the dead ones."""


def revive(codebook, counts, z, threshold):
    codebook, counts = codebook.detach().clone(), counts.clone()
    dead = counts < threshold
    codebook[dead] = torch.randn_like(codebook[dead])
    counts[dead] = threshold
    return codebook, counts
