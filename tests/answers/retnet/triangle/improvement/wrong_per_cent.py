"""0/1: the saving in per cent."""


def improvement(ours, baseline, lower_is_better):
    factor = baseline / ours if lower_is_better else ours / baseline
    return factor, 100 * (1 - 1 / factor)
