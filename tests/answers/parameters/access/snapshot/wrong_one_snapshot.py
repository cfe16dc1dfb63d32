"""0/2: keeps all snapshots in one dict, so that the second overwrites the first."""

kept = {}


def snapshot(model):
    for name, value in model.state_dict().items():
        kept[name] = value.clone()
    return kept
