"""1/1: each case written out."""


def improvement(ours, baseline, lower_is_better):
    if lower_is_better:
        return (baseline / ours, (baseline - ours) / baseline)
    return (ours / baseline, (ours - baseline) / ours)
