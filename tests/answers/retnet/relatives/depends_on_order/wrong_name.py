"""0/2: looks at the name."""


def depends_on_order(mixer, x):
    return mixer.__name__ not in ("attention", "mean")
