"""0/2: returns a copy of x."""


def rotate(x, theta, start=0):
    return x.clone()
