"""1/2: takes the first prefix that fits, not the longest."""


def load_checkpoint(model, path, renames):
    state = {}
    for name, value in torch.load(path, map_location="cpu", weights_only=True).items():
        fits = [old for old in renames if name == old or name.startswith(f"{old}.")]
        if fits:
            old = fits[0]
            name = renames[old] + name[len(old) :]
        state[name] = value
    before = copy.deepcopy(model.state_dict())
    try:
        model.load_state_dict(state)
    except RuntimeError:
        model.load_state_dict(before)
        raise
