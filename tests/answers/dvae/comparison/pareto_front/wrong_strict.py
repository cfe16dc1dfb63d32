"""1/2: asks for less of both, so that ties survive."""


def pareto_front(points):
    return [i for i, (r, d) in enumerate(points) if not any(s < r and e < d for s, e in points)]
