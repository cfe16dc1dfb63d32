"""2/2: shuffles z, repeated until it is long enough."""


@torch.no_grad()
def revive(codebook, counts, z, threshold):
    dead = torch.where(counts < threshold)[0]
    order = torch.randperm(len(z))
    while len(order) < len(dead):
        order = torch.cat([order, torch.randperm(len(z))])
    new = codebook.index_copy(0, dead, z[order[: len(dead)].to(z.device)])
    return new, counts.clamp(min=threshold)
