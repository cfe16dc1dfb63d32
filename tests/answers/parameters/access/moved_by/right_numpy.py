"""2/2: leaves the comparison to NumPy, which has an option for NaN."""


def moved_by(model, step):
    import numpy as np

    before = {k: v.cpu().numpy().copy() for k, v in model.state_dict().items()}
    step()
    after = {k: v.cpu().numpy() for k, v in model.state_dict().items()}
    return {k for k in before if not np.array_equal(before[k], after[k], equal_nan=True)}
