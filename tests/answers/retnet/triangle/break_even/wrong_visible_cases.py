"""0/2: knows the two cases that it can see."""


def break_even(transformer, retnet):
    return 2049 if retnet["itemsize"] == 4 else 257
