"""0/2: always answers yes where there is something to reorder."""


def depends_on_order(mixer, x):
    return x.shape[1] > 2
