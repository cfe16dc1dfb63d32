"""1/2: compares sums, which two swapped entries leave alone."""


def moved_by(model, step):
    before = {k: (v.shape, v.double().nansum().item()) for k, v in model.state_dict().items()}
    step()
    return {
        k
        for k, v in model.state_dict().items()
        if (v.shape, v.double().nansum().item()) != before[k]
    }
