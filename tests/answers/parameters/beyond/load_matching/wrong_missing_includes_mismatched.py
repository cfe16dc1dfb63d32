"""1/2: counts what has another shape as missing, too."""


def load_matching(model, state):
    own = model.state_dict()
    both = own.keys() & state.keys()
    fits = {name: state[name] for name in both if own[name].shape == state[name].shape}
    model.load_state_dict(fits, strict=False)
    return {
        "loaded": sorted(fits),
        "mismatched": sorted(both - fits.keys()),
        "missing": sorted(own.keys() - fits.keys()),
        "unexpected": sorted(state.keys() - own.keys()),
    }
