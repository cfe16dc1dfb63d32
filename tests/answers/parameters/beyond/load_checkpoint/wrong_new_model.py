"""0/2: loads into a copy and returns that."""


def load_checkpoint(model, path, renames):
    state = {}
    for name, value in torch.load(path, map_location="cpu", weights_only=True).items():
        fits = [old for old in renames if name == old or name.startswith(f"{old}.")]
        if fits:
            old = max(fits, key=len)
            name = renames[old] + name[len(old) :]
        state[name] = value
    model = copy.deepcopy(model)
    model.load_state_dict(state)
    return model
