"""1/2: holds on to the tensors from before and never sees a replacement."""


def moved_by(model, step):
    live = model.state_dict()
    before = {k: v.clone() for k, v in live.items()}
    step()
    return {
        k for k, v in live.items() if not ((v == before[k]) | (v.isnan() & before[k].isnan())).all()
    }
