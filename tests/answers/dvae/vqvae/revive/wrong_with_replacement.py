"""1/2: draws with repetition: two codes may end in one place, and stay there."""


def revive(codebook, counts, z, threshold):
    codebook, counts = codebook.detach().clone(), counts.clone()
    dead = counts < threshold
    codebook[dead] = z.detach()[torch.randint(len(z), (int(dead.sum()),)).to(z.device)]
    counts[dead] = threshold
    return codebook, counts
