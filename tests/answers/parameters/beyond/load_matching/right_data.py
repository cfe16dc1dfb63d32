"""2/2: names first, then one strict=False load of clones."""


def load_matching(model, state):
    own = {name: value.shape for name, value in model.state_dict().items()}
    loaded = sorted(n for n in state if n in own and own[n] == state[n].shape)
    mismatched = sorted(n for n in state if n in own and own[n] != state[n].shape)
    model.load_state_dict({n: state[n].detach().clone() for n in loaded}, strict=False)
    return dict(
        loaded=loaded,
        mismatched=mismatched,
        missing=sorted(set(own) - set(state)),
        unexpected=sorted(set(state) - set(own)),
    )
