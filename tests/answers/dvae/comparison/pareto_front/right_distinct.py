"""2/2: a different point, nowhere above it, dominates."""


def pareto_front(points):
    front = []
    for i, (r, d) in enumerate(points):
        if all((s, e) == (r, d) or s > r or e > d for s, e in points):
            front.append(i)
    return front
