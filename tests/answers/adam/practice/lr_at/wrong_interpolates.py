"""0/2: straight lines through the points that the visible check names."""


def lr_at(step, peak, warmup, total, floor=0.0):
    if step < warmup:
        return peak * (step + 1) / warmup
    if step >= total:
        return floor
    x = (step - warmup) / (total - warmup)
    points = [(0, 1), (1 / 3, 0.75), (1 / 2, 0.5), (2 / 3, 0.25), (1, 0)]
    for (a, fa), (b, fb) in zip(points, points[1:]):
        if x <= b:
            return floor + (peak - floor) * (fa + (fb - fa) * (x - a) / (b - a))
