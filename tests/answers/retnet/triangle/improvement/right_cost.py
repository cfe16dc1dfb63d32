"""1/1: turns a rate into a cost first, and compares costs."""


def improvement(ours, baseline, lower_is_better):
    ours, baseline = float(ours), float(baseline)
    if not lower_is_better:
        ours, baseline = 1 / ours, 1 / baseline
    left_over = ours / baseline
    return 1 / left_over, 1 - left_over
