"""0/2: strict=False forgives names, never shapes."""


def load_matching(model, state):
    names = set(model.state_dict())
    report = model.load_state_dict(state, strict=False)
    return {
        "loaded": sorted(names & set(state)),
        "mismatched": [],
        "missing": sorted(report.missing_keys),
        "unexpected": sorted(report.unexpected_keys),
    }
