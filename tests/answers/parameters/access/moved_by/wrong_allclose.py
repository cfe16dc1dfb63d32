"""1/2: a tolerance swallows small moves."""


def moved_by(model, step):
    before = {k: v.clone() for k, v in model.state_dict().items()}
    step()
    return {
        k
        for k, v in model.state_dict().items()
        if v.shape != before[k].shape or not torch.allclose(v, before[k], equal_nan=True)
    }
