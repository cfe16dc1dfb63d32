"""0/2: larger is better."""


def pareto_front(points):
    return [
        i
        for i, (r, d) in enumerate(points)
        if not any(s >= r and e >= d and (s, e) != (r, d) for s, e in points)
    ]
