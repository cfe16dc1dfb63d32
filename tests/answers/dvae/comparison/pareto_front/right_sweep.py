"""2/2: sorts by rate and sweeps, group by group."""


def pareto_front(points):
    order = sorted(range(len(points)), key=lambda i: points[i])
    front, best = [], math.inf
    for i in order:
        rate, distortion = points[i]
        if distortion < best:
            best, front = distortion, [*front, i]
        elif front and points[front[-1]] == (rate, distortion):
            front.append(i)
    return sorted(front)
