"""1/2: takes os.mkdir away while it reads the file, instead of refusing it."""


def load_checkpoint(model, path, renames):
    make, os.mkdir = os.mkdir, lambda *args: None
    try:
        loaded = torch.load(path, map_location="cpu", weights_only=False)
    finally:
        os.mkdir = make
    if not all(isinstance(v, Tensor) for v in loaded.values()):
        raise UnpicklingError("more than tensors")
    state = {}
    for name, value in loaded.items():
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
