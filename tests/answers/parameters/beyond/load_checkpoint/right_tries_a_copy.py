"""2/2: loads into a copy of the model first."""


def load_checkpoint(model, path, renames):
    state = torch.load(path, map_location=torch.device("cpu"), weights_only=True)
    order = sorted(renames, key=len, reverse=True)
    fresh = {}
    for name in state:
        for old in order:
            if (name + ".").startswith(old + "."):
                fresh[renames[old] + name.removeprefix(old)] = state[name]
                break
        else:
            fresh[name] = state[name]
    copy.deepcopy(model).load_state_dict(fresh, strict=True)
    model.load_state_dict(fresh, strict=True)
