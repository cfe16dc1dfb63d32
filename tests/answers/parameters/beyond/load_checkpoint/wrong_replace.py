"""1/2: replaces the text anywhere in a name, one pair after the other."""


def load_checkpoint(model, path, renames):
    state = {}
    for name, value in torch.load(path, map_location="cpu", weights_only=True).items():
        for old, new in renames.items():
            name = name.replace(old, new)
        state[name] = value
    before = copy.deepcopy(model.state_dict())
    try:
        model.load_state_dict(state)
    except RuntimeError:
        model.load_state_dict(before)
        raise
