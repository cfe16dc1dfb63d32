"""1/2: tries copy_, which broadcasts."""


def load_matching(model, state):
    report = {"loaded": [], "mismatched": [], "missing": [], "unexpected": []}
    own = model.state_dict()
    for name in sorted(own.keys() | state.keys()):
        if name not in own:
            report["unexpected"].append(name)
        elif name not in state:
            report["missing"].append(name)
        else:
            try:
                own[name].copy_(state[name].detach())
                report["loaded"].append(name)
            except RuntimeError:
                report["mismatched"].append(name)
    return report
