"""0/1: takes the flag the wrong way round."""


def improvement(ours, baseline, lower_is_better):
    factor = ours / baseline if lower_is_better else baseline / ours
    return factor, 1 - 1 / factor
