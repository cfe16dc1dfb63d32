"""1/2: renames in place, pair by pair: a swap loses one of the two."""


def load_checkpoint(model, path, renames):
    state = torch.load(path, map_location="cpu", weights_only=True)
    for old, new in renames.items():
        for name in list(state):
            if name == old or name.startswith(old + "."):
                state[new + name[len(old) :]] = state.pop(name)
    before = copy.deepcopy(model.state_dict())
    try:
        model.load_state_dict(state)
    except RuntimeError:
        model.load_state_dict(before)
        raise
