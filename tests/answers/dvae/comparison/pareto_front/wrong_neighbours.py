"""0/2: compares each point with the previous one by rate only."""


def pareto_front(points):
    order = sorted(range(len(points)), key=lambda i: points[i])
    front = order[:1]
    for before, i in zip(order, order[1:]):
        if points[i][1] < points[before][1]:
            front.append(i)
    return sorted(front)
