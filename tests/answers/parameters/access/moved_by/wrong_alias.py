"""0/2: keeps the state_dict itself, which moves along: nothing has ever moved."""


def moved_by(model, step):
    before = model.state_dict()
    step()
    return {k for k, v in model.state_dict().items() if not torch.equal(v, before[k])}
