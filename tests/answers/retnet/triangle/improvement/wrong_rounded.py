"""0/1: rounds as the abstract does."""


def improvement(ours, baseline, lower_is_better):
    factor = baseline / ours if lower_is_better else ours / baseline
    return round(factor, 2), round(1 - 1 / factor, 3)
