"""1/2: equal points throw each other out."""


def pareto_front(points):
    front = []
    for i, (r, d) in enumerate(points):
        others = points[:i] + points[i + 1 :]
        if not any(s <= r and e <= d for s, e in others):
            front.append(i)
    return front
