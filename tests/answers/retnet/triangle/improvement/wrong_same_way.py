"""0/1: divides the same way for bytes and for throughput."""


def improvement(ours, baseline, lower_is_better):
    factor = ours / baseline
    return factor, 1 - 1 / factor
