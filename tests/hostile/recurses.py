"""graded 2/4: calls itself without end."""


def double(x):
    return double(x)
