"""2/2: deep-copies, and lets torch.allclose compare without tolerance."""


def moved_by(model, step):
    from copy import deepcopy

    old = deepcopy(model.state_dict())
    step()
    new = model.state_dict()
    return {
        k
        for k in old
        if old[k].shape != new[k].shape
        or not torch.allclose(old[k], new[k], rtol=0, atol=0, equal_nan=True)
    }
