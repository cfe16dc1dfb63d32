"""1/2: puts the old values back afterwards."""


def moved_by(model, step):
    before = {k: v.clone() for k, v in model.state_dict().items()}
    step()
    moved = set()
    for k, v in model.state_dict().items():
        old = before[k]
        if v.shape != old.shape or not ((v == old) | (v.isnan() & old.isnan())).all():
            moved.add(k)
            if v.shape == old.shape:
                v.copy_(old)
    return moved
