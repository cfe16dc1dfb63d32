"""1/2: gives the model the type of the checkpoint."""


def load_matching(model, state):
    for value in state.values():
        if value.is_floating_point():
            model.to(value.dtype)
    own = model.state_dict()
    both = own.keys() & state.keys()
    fits = {name: state[name] for name in both if own[name].shape == state[name].shape}
    model.load_state_dict(fits, strict=False)
    return {
        "loaded": sorted(fits),
        "mismatched": sorted(both - fits.keys()),
        "missing": sorted(own.keys() - state.keys()),
        "unexpected": sorted(state.keys() - own.keys()),
    }
