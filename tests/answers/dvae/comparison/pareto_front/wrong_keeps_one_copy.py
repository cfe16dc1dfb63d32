"""1/2: of equal points only the first stays."""


def pareto_front(points):
    front, best = [], math.inf
    for i in sorted(range(len(points)), key=lambda i: points[i]):
        if points[i][1] < best:
            best = points[i][1]
            front.append(i)
    return sorted(front)
