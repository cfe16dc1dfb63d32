"""2/2: compares names and shapes before it loads."""


def load_checkpoint(model, path, renames):
    def new_name(name):
        parts = name.split(".")
        for k in range(len(parts), 0, -1):
            old = ".".join(parts[:k])
            if old in renames:
                return ".".join([renames[old], *parts[k:]])
        return name

    loaded = torch.load(path, map_location="cpu", weights_only=True)
    state = {new_name(name): value for name, value in loaded.items()}
    expected = {name: value.shape for name, value in model.state_dict().items()}
    if {name: value.shape for name, value in state.items()} != expected:
        raise RuntimeError("names or shapes do not fit")
    model.load_state_dict(state)
