"""2/2: multinomial with equal weights, torch.where for the rest."""


def revive(codebook, counts, z, threshold):
    with torch.no_grad():
        dead = counts < threshold
        k = len(counts)
        number = int(dead.sum())
        new = codebook.clone()
        if number:
            rows = torch.multinomial(torch.ones(len(z)), number, replacement=number > len(z))
            new[dead.nonzero()[:, 0]] = z[rows.to(z.device)]
        return new, torch.where(dead, torch.full_like(counts, threshold), counts)
