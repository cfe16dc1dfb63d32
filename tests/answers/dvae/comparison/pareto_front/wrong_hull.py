"""0/2: the lower left convex hull: drops what lies above a chord."""


def pareto_front(points):
    hull = []
    for i in sorted(range(len(points)), key=lambda i: points[i]):
        if hull and points[i][1] >= points[hull[-1]][1]:
            continue
        while len(hull) > 1:
            (a, b), (c, d), (e, f) = points[hull[-2]], points[hull[-1]], points[i]
            if (c - a) * (f - b) - (d - b) * (e - a) <= 0:
                hull.pop()
            else:
                break
        hull.append(i)
    return sorted(hull)
