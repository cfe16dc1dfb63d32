"""0/2: sorts the list that it was given, so that the indices are of another order."""


def pareto_front(points):
    points.sort()
    return [
        i
        for i, (r, d) in enumerate(points)
        if not any(s <= r and e <= d and (s, e) != (r, d) for s, e in points)
    ]
