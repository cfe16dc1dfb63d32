"""0/2: the names as load_state_dict returns them, of the missing and unexpected ones only."""


def load_matching(model, state):
    own = model.state_dict()
    fits = {n: v for n, v in state.items() if n in own and own[n].shape == v.shape}
    return model.load_state_dict(fits, strict=False)
