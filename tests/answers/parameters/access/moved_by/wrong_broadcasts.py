"""1/2: compares without the shapes; a parameter that broadcasts passes for equal."""


def moved_by(model, step):
    before = {k: v.clone() for k, v in model.state_dict().items()}
    step()
    moved = set()
    for k, v in model.state_dict().items():
        try:
            same = ((v == before[k]) | (v.isnan() & before[k].isnan())).all()
        except RuntimeError:
            same = False
        if not same:
            moved.add(k)
    return moved
