"""graded 2/4: does not even parse."""

def double(x)
    return x
