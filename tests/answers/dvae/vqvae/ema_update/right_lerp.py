"""2/2: lerp, and a comparison for the one-hot matrix."""


def ema_update(counts, sums, z, codes, decay):
    with torch.no_grad():
        chosen = (codes[None] == torch.arange(len(counts), device=codes.device)[:, None]).to(
            z.dtype
        )
        counts = counts.lerp(chosen.sum(1), 1 - decay)
        sums = sums.lerp(chosen @ z, 1 - decay)
        return counts, sums, sums / counts[:, None]
