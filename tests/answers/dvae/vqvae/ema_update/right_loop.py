"""2/2: a loop over the codes."""


def ema_update(counts, sums, z, codes, decay):
    new_counts, new_sums = counts.clone() * decay, sums.clone() * decay
    for k in range(len(counts)):
        chosen = z.detach()[codes == k]
        new_counts[k] += (1 - decay) * len(chosen)
        new_sums[k] += (1 - decay) * chosen.sum(0)
    return new_counts, new_sums, new_sums / new_counts[:, None]
