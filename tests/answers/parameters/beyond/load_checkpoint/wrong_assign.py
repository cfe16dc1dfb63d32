"""0/2: assign=True: the parameters are other objects, on the CPU."""


def load_checkpoint(model, path, renames):
    state = {}
    for name, value in torch.load(path, map_location="cpu", weights_only=True).items():
        fits = [old for old in renames if name == old or name.startswith(f"{old}.")]
        if fits:
            old = max(fits, key=len)
            name = renames[old] + name[len(old) :]
        state[name] = value
    before = copy.deepcopy(model.state_dict())
    try:
        model.load_state_dict(state, assign=True)
    except RuntimeError:
        model.load_state_dict(before)
        raise
