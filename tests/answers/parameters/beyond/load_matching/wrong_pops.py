"""1/2: takes what does not fit out of the state itself."""


def load_matching(model, state):
    own = model.state_dict()
    mismatched = sorted(n for n in state if n in own and own[n].shape != state[n].shape)
    unexpected = sorted(n for n in state if n not in own)
    missing = sorted(n for n in own if n not in state)
    for name in mismatched + unexpected:
        state.pop(name)
    model.load_state_dict(state, strict=False)
    return {
        "loaded": sorted(state),
        "mismatched": mismatched,
        "missing": missing,
        "unexpected": unexpected,
    }
