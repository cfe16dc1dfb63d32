"""0/1: returns what is left of the cost, not what is saved."""


def improvement(ours, baseline, lower_is_better):
    factor = baseline / ours if lower_is_better else ours / baseline
    return factor, 1 / factor
