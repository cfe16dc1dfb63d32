"""2/2: copies entry by entry under no_grad."""


def load_matching(model, state):
    report = {"loaded": [], "mismatched": [], "missing": [], "unexpected": []}
    own = model.state_dict()
    with torch.no_grad():
        for name in sorted(set(own) | set(state)):
            if name not in own:
                report["unexpected"].append(name)
            elif name not in state:
                report["missing"].append(name)
            elif tuple(own[name].shape) != tuple(state[name].shape):
                report["mismatched"].append(name)
            else:
                own[name].copy_(state[name])
                report["loaded"].append(name)
    return report
