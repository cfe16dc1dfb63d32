"""0/2: all the dead go to the mean of z."""


def revive(codebook, counts, z, threshold):
    codebook, counts = codebook.detach().clone(), counts.clone()
    dead = counts < threshold
    codebook[dead] = z.detach().mean(0)
    counts[dead] = threshold
    return codebook, counts
