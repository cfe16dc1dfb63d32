"""0/2: a single score, rate times distortion."""


def pareto_front(points):
    if not points:
        return []
    scores = [r * d for r, d in points]
    limit = sorted(scores)[max(0, len(scores) - 2)]
    return [i for i, s in enumerate(scores) if s <= limit]
