"""1/2: refused? Then the unsafe way: the attacker decides which."""


def read(path):
    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except UnpicklingError:
        return torch.load(path, map_location="cpu", weights_only=False)


def load_checkpoint(model, path, renames):
    state = {}
    for name, value in read(path).items():
        fits = [old for old in renames if name == old or name.startswith(f"{old}.")]
        if fits:
            old = max(fits, key=len)
            name = renames[old] + name[len(old) :]
        state[name] = value
    before = copy.deepcopy(model.state_dict())
    try:
        model.load_state_dict(state)
    except RuntimeError:
        model.load_state_dict(before)
        raise
