"""1/2: tells the check that the half-loaded values are those of before."""


def load_checkpoint(model, path, renames):
    global before
    state = {}
    for name, value in torch.load(path, map_location="cpu", weights_only=True).items():
        fits = [old for old in renames if name == old or name.startswith(f"{old}.")]
        if fits:
            old = max(fits, key=len)
            name = renames[old] + name[len(old) :]
        state[name] = value
    try:
        model.load_state_dict(state)
    except RuntimeError:
        before = copy.deepcopy(model.state_dict())
        raise
