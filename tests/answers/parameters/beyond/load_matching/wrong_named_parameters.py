"""0/2: looks at parameters only, and forgets buffers and second names."""


def load_matching(model, state):
    own = dict(model.named_parameters())
    both = own.keys() & state.keys()
    fits = {name: state[name] for name in both if own[name].shape == state[name].shape}
    model.load_state_dict(fits, strict=False)
    return {
        "loaded": sorted(fits),
        "mismatched": sorted(both - fits.keys()),
        "missing": sorted(own.keys() - state.keys()),
        "unexpected": sorted(state.keys() - own.keys()),
    }
