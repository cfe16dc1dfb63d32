"""1/2: torch.equal alone: NaN is not equal to NaN."""


def moved_by(model, step):
    before = {k: v.clone() for k, v in model.state_dict().items()}
    step()
    return {k for k, v in model.state_dict().items() if not torch.equal(v, before[k])}
