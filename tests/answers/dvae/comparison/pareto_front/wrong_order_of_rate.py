"""0/2: the right points in the order of their rates."""


def pareto_front(points):
    front = [
        i
        for i, (r, d) in enumerate(points)
        if not any(s <= r and e <= d and (s, e) != (r, d) for s, e in points)
    ]
    return sorted(front, key=lambda i: points[i])
