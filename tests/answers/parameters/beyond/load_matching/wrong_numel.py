"""1/2: compares numbers of elements, and reshapes."""


def load_matching(model, state):
    own = model.state_dict()
    both = own.keys() & state.keys()
    fits = {
        name: state[name].reshape(own[name].shape)
        for name in both
        if own[name].numel() == state[name].numel()
    }
    model.load_state_dict(fits, strict=False)
    return {
        "loaded": sorted(fits),
        "mismatched": sorted(both - fits.keys()),
        "missing": sorted(own.keys() - state.keys()),
        "unexpected": sorted(state.keys() - own.keys()),
    }
