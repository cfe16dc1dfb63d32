"""1/2: the new codebook hangs on the graph of z and of the old one."""


def revive(codebook, counts, z, threshold):
    dead = counts < threshold
    number = int(dead.sum())
    rows = torch.randperm(len(z))[:number]
    if number > len(z):
        rows = torch.randint(len(z), (number,))
    codebook, counts = codebook.clone(), counts.clone()
    codebook[dead] = z[rows.to(z.device)]
    counts[dead] = threshold
    return codebook, counts
