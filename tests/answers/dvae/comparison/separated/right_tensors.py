"""3/3: all differences as one tensor of models, models and seeds."""


def separated(scores, z=2.0):
    if not scores:
        return set()
    names = list(scores)
    s = torch.tensor([scores[n] for n in names], dtype=torch.float64)  # (models, seeds)
    d = s[None] - s[:, None]  # d[a, b] = b - a
    real = d.mean(-1) > z * d.std(-1) / d.shape[-1] ** 0.5
    return {(names[a], names[b]) for a, b in real.nonzero().tolist()}
