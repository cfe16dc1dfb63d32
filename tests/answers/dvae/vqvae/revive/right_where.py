"""2/2: a loop with Python's sample and choices."""

import random


@torch.no_grad()
def revive(codebook, counts, z, threshold):
    dead = [k for k, count in enumerate(counts.tolist()) if count < threshold]
    rows = list(range(len(z)))
    draw = (
        random.sample(rows, len(dead)) if len(dead) <= len(z) else random.choices(rows, k=len(dead))
    )
    codebook, counts = codebook.clone(), counts.clone()
    for k, row in zip(dead, draw):
        codebook[k] = z[row]
        counts[k] = threshold
    return codebook, counts
