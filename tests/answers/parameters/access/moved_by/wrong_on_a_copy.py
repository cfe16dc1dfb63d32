"""0/2: watches a copy of the model, which no step reaches."""


def moved_by(model, step):
    from copy import deepcopy

    twin = deepcopy(model)
    step()
    state = twin.state_dict()
    before = deepcopy(state)
    return {k for k in state if not torch.equal(state[k], before[k])}
