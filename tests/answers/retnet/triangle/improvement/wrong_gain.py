"""0/1: 'six times as fast saves 5.3': takes the gain for the saving."""


def improvement(ours, baseline, lower_is_better):
    factor = baseline / ours if lower_is_better else ours / baseline
    return factor, factor - 1
