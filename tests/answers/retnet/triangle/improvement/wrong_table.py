"""0/1: knows the two cases that it can see."""


def improvement(ours, baseline, lower_is_better):
    return (1.4375, 21 / 69) if lower_is_better else (6.3385, 0.8422)
