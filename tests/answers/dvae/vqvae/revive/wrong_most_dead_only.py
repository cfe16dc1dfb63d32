"""0/2: moves the least used code only."""


def revive(codebook, counts, z, threshold):
    codebook, counts = codebook.detach().clone(), counts.clone()
    k = counts.argmin()
    if counts[k] < threshold:
        codebook[k] = z.detach()[torch.randint(len(z), (1,)).item()]
        counts[k] = threshold
    return codebook, counts
