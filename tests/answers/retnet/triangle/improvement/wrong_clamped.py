"""0/1: a negative saving becomes 0."""


def improvement(ours, baseline, lower_is_better):
    factor = baseline / ours if lower_is_better else ours / baseline
    return factor, max(0.0, 1 - 1 / factor)
