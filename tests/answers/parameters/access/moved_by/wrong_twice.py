"""0/2: runs the step twice."""


def moved_by(model, step):
    before = {k: v.clone() for k, v in model.state_dict().items()}
    step()
    step()
    return {k for k, v in model.state_dict().items() if not torch.equal(v, before[k])}
